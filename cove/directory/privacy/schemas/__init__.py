"""What the console's routers take and answer, by noun."""
