"""Public pages of links."""
