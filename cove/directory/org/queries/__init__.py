"""Reads of the organisation."""

from cove.directory.org.queries import (
    account,
    actors,
    departments,
    handovers,
    imports,
    invitations,
    keys,
    members,
    notices,
    rights,
    roles,
    strength,
    tenants,
    why,
    wishes,
)

__all__ = [
    "account",
    "actors",
    "departments",
    "handovers",
    "imports",
    "invitations",
    "keys",
    "members",
    "notices",
    "rights",
    "roles",
    "strength",
    "tenants",
    "why",
    "wishes",
]
