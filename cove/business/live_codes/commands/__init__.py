"""What changes about live codes, by noun."""
