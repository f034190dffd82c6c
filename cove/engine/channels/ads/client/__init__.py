"""Calls of advertising platforms."""
