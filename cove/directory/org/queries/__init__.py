"""Reads of the organisation."""

from cove.directory.org.queries import actors, departments, imports, members, tenants

__all__ = ["actors", "departments", "imports", "members", "tenants"]
