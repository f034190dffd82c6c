"""Reads of the organisation."""

from cove.directory.org.queries import actors, keys, members, notices, tenants, wishes

__all__ = ["actors", "keys", "members", "notices", "tenants", "wishes"]
