"""Who matches: the language of rules, and the sets of people it names."""
