"""Signposts: the few things the edge must know without asking anybody, kept as one row each."""
