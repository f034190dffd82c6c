"""Doors that outside platforms knock at."""
