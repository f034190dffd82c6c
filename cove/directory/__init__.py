"""Floor 2: who we are (org) and whom we know (people)."""
