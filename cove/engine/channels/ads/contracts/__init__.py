"""What crosses the border of advertising platforms, as plain data."""
