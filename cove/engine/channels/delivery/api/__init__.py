"""Console: what went out, and the rules it goes by."""
