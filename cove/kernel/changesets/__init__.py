"""Changes of many rows: carried out in pieces that survive a dead process, each once, and undone where nothing newer stands in the way."""
