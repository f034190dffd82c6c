"""What changes in tracking, by noun."""
