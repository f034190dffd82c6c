"""Reads of the organisation."""

from cove.directory.org.queries import (
    account,
    actors,
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
