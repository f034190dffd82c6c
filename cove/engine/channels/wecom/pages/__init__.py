"""Public pages of the WeCom channel: members sign in by it."""
