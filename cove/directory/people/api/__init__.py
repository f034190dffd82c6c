"""Console: people, by noun."""
