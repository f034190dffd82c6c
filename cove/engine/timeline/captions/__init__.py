"""Facts in the reader's words: what happened, from where, because of what, by whom."""
