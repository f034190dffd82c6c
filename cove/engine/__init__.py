"""Floor 3: the loop. What happened, who matches, what then, in and out, what we say."""
