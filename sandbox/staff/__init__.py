"""Members' phones: what WeCom shows a member there, and what he does with it.

Acts that the platform knows (accepting, deleting, talking in groups) are in `sandbox.people`; here stands what only his phone keeps:
how far he read, which phone lies on the table, which task he waved away.
"""
