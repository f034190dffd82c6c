"""What the console sends and gets about tracking."""
