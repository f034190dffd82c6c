"""Reads of the organisation."""

from cove.directory.org.queries import actors, keys, members, notices, rights, roles, tenants, why, wishes

__all__ = ["actors", "keys", "members", "notices", "rights", "roles", "tenants", "why", "wishes"]
