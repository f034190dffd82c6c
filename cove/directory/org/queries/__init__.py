"""Reads of the organisation."""

from cove.directory.org.queries import actors, members, rights, roles, tenants, why

__all__ = ["actors", "members", "rights", "roles", "tenants", "why"]
