"""What changes webhooks and their calls."""
