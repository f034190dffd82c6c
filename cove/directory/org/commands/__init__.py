"""What changes in the organisation, by noun."""
