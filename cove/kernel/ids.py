"""Names that nobody chose: slugs for links, numbers for visitors."""

from __future__ import annotations

import os
import secrets
from hashlib import blake2b

# No 0 O 1 l I: slugs are read aloud and typed from posters.
_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"

ANONYMOUS_BIT = 1 << 63


def new_slug(length: int = 8) -> str:
    """Return a random slug of `length` unambiguous letters and digits (about 5.8 bits each)."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(length))


def new_uuid() -> str:
    """Return a random UUID (version 4, RFC 9562), as `uuid.uuid4` makes them, in a fifth of its time."""
    text = os.urandom(16).hex()
    variant = "89ab"[int(text[16], 16) & 3]
    return f"{text[:8]}-{text[8:12]}-4{text[13:16]}-{variant}{text[17:20]}-{text[20:]}"


def visitor_id(tenant_id: int, anonymous_id: str) -> int:
    """Return the 63-bit number of an anonymous visitor, the same wherever and whenever it is computed.

    `anonymous_id` is the text a browser or SDK keeps; the tenant is mixed in, so one browser is two visitors to two tenants.
    """
    digest = blake2b(f"{tenant_id}:{anonymous_id}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") >> 1


def person_id(*, contact_id: int | None = None, visitor: int | None = None) -> int:
    """Return the unsigned 64-bit person number of ClickHouse: contacts as they are, visitors with the top bit set, 0 for nobody."""
    if contact_id is not None:
        return contact_id
    if visitor is not None:
        return visitor | ANONYMOUS_BIT
    return 0
