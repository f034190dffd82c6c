"""One grammar, read once, then explained, turned into a filter, or tested on one person."""
