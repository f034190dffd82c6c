"""Public pages of live codes."""
