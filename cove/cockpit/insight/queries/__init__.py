"""The analyses, by noun."""
