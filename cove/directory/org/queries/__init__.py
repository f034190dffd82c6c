"""Reads of the organisation."""

from cove.directory.org.queries import actors, keys, members, tenants

__all__ = ["actors", "keys", "members", "tenants"]
