"""Loading a life of any size without its doors: the rows and facts that the doors would have left, straight into the tables.

This is the only place beside a module that writes the module's tables, as their owner; `cove/launch/tests/test_demo_bulk.py` lets the same
life in both ways and compares what is there. See docs/decisions/0084-the-demo-company.md.
"""
