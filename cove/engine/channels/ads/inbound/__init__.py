"""What comes in from platforms."""
