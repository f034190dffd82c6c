"""The member's own desk: search over everything, later tiles and tasks."""
