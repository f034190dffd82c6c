"""Console: live codes."""
