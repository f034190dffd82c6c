"""Reads of the organisation."""

from cove.directory.org.queries import (
    actors,
    departments,
    imports,
    keys,
    members,
    notices,
    rights,
    roles,
    tenants,
    why,
    wishes,
)

__all__ = [
    "actors",
    "departments",
    "imports",
    "keys",
    "members",
    "notices",
    "rights",
    "roles",
    "tenants",
    "why",
    "wishes",
]
