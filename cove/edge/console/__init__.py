"""The console's door: its API and the built single-page app."""
