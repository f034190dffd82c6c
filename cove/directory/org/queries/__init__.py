"""Reads of the organisation."""

from cove.directory.org.queries import account, actors, invitations, members, strength, tenants

__all__ = ["account", "actors", "invitations", "members", "strength", "tenants"]
