"""Live codes: one printed code, many members behind it, changed at any time."""
