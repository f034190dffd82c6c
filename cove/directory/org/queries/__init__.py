"""Reads of the organisation."""

from cove.directory.org.queries import actors, members, notices, tenants, wishes

__all__ = ["actors", "members", "notices", "tenants", "wishes"]
