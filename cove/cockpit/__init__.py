"""Floor 5: where people look and steer."""
