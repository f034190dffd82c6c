"""What the console sends and gets, by noun."""
