"""Reads of the organisation."""

from cove.directory.org.queries import account, actors, invitations, keys, members, notices, strength, tenants, wishes

__all__ = ["account", "actors", "invitations", "keys", "members", "notices", "strength", "tenants", "wishes"]
