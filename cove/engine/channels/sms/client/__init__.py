"""Calls of providers, each signed as the provider wants it."""
