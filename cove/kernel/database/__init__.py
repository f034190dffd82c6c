"""Django's door to PostgreSQL, and row-level security."""
