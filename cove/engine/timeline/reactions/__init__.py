"""What the timeline does because of facts: it keeps them, and it notes who was active."""
