"""What the console's routes take and answer, by noun."""
