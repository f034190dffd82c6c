"""What crosses the border of text messages, as plain data."""
