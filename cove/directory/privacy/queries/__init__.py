"""What is asked about consent, reach and erasures, by noun."""
