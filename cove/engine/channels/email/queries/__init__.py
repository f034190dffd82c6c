"""Reads of e-mail, by noun."""
