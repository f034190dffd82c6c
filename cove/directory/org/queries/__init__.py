"""Reads of the organisation."""

from cove.directory.org.queries import actors, departments, members, tenants

__all__ = ["actors", "departments", "members", "tenants"]
