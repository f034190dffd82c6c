"""Reads of the organisation."""

from cove.directory.org.queries import actors, handovers, members, tenants

__all__ = ["actors", "handovers", "members", "tenants"]
