"""What changes about people, by noun."""
