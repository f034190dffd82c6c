"""Floor 4: what a company does with the loop."""
