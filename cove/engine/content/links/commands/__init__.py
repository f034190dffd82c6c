"""What changes about links, by noun."""
