"""Reads of the organisation."""

from cove.directory.org.queries import actors, members, tenants

__all__ = ["actors", "members", "tenants"]
