"""What the console is told of accounts, and what it asks."""
