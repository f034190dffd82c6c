"""Live: what just happened, told to the browsers that are open. PostgreSQL's NOTIFY carries it, one LISTEN a process spreads it.

An event says that something changed and where to look, never what it says: the browser asks again, with the rights it has then.
"""
