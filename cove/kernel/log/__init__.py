"""The log of facts: what happened, in order, written in the transaction in which it happened."""
