"""Contacts, their identities, tags and owners."""
