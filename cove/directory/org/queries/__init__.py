"""Reads of the organisation."""

from cove.directory.org.queries import actors, handovers, keys, members, notices, tenants, wishes

__all__ = ["actors", "handovers", "keys", "members", "notices", "tenants", "wishes"]
