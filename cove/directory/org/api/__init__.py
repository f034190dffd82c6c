"""The console's routes of the organisation."""
