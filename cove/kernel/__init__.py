"""Floor 0: what every module stands on. No business word is spoken here."""
