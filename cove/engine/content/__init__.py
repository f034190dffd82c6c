"""Content: what is sent and shown to people."""
