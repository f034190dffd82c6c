"""The console's routes of tracking."""
