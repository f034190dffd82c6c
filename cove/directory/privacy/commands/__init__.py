"""What changes about consent, reach and people's data, by noun."""
