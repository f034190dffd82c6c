"""What is done with accounts and what the platform tells of them."""
