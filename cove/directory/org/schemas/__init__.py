"""What the console sends and gets about the organisation."""
