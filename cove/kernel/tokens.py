"""Tokens that name their tenant and are kept as hashes: for cookies and links, whose holder is known by nothing else."""

from __future__ import annotations

import hashlib
import secrets

_MOST_DIGITS = 18


def new_token(tenant_id: int) -> str:
    """Return a token of 256 random bits, with its tenant's number in front.

    It has no dot: a page whose address ends in a name with one looks like a file.
    """
    return f"{tenant_id}-{secrets.token_urlsafe(32)}"


def tenant_of_token(token: str) -> int | None:
    """Return the tenant that a token claims to be of, or None. Nothing is proved by it: the token is looked up among that tenant's rows."""
    number, dash, _ = token.partition("-")
    fits = dash and number.isascii() and number.isdigit() and len(number) <= _MOST_DIGITS
    return int(number) if fits else None


def hash_token(token: str) -> str:
    """Return what is kept of a token (SHA-256: there is nothing to guess in 256 random bits)."""
    return hashlib.sha256(token.encode()).hexdigest()
