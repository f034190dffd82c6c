"""What happened: every fact in order of its time, for one person or for everybody.

The log in PostgreSQL is the truth; this module ships it to ClickHouse, where a person's page and every analysis read it.
"""
