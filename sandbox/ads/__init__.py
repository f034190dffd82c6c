"""Advertising platforms: people leave their data on them, advertisers fetch it and report what became of it."""
