"""Pages that people see who got a mail."""
