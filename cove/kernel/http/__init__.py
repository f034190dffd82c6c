"""How requests come in and how refusals go out."""
