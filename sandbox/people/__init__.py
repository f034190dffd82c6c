"""What human beings do: visitors with their phones, and members.

Only these acts raise callbacks; what a program changes over the API raises none.
"""
