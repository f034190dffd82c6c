"""What was seen already: keys of messages and occasions, each taken once, remembered for a month."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence
from datetime import timedelta
from hashlib import sha256

from django.db import connection

from cove.kernel import clock
from cove.kernel.scope import require_tenant

KEPT = timedelta(days=31)
"""A day more than an event of a public key may be old (`edge.collector.times.OLDEST`): one that comes again is known, or too old."""

AT_ONCE = 20_000

REMEMBER_KEYS = "SELECT log_remember_keys(%s, %s::uuid[])"
"""Parameters: the tenant, and `key_of` of each, in order and none twice. Remembers all; gives those that were seen before, as UUIDs."""

REMEMBER_KEYS_PACKED = b"SELECT log_remember_keys($1::bigint, $2::uuid[])"
"""The same for libpq itself, with `packed_keys` of each `raw_key_of`, as binary; gives the same 16 bytes each if asked for binary."""

_ARRAY = struct.Struct(">iiIii")
_UUID = 2950
"""The type's number in pg_type."""

_FORGET = "SELECT log_forget_keys(%s, %s)"


def key_of(text: str) -> str:
    """Return the key under which `text` is remembered: half a SHA-256, in hexadecimal. Two texts never share one by chance."""
    return raw_key_of(text).hex()


def raw_key_of(text: str) -> bytes:
    """Return the 16 bytes of `key_of`."""
    return sha256(text.encode()).digest()[:16]


def packed_keys(keys: Sequence[bytes]) -> bytes:
    """Return keys as PostgreSQL takes a ``uuid[]`` in binary.

    That is: dimensions, no nulls, type, length, lower bound, then size and bytes of each (array_recv in its source).
    """
    size = b"\0\0\0\x10"
    return _ARRAY.pack(1, 0, _UUID, len(keys), 1) + b"".join([size + key for key in keys])


def first_time(texts: Iterable[str]) -> set[str]:
    """Return those of `texts` that the bound tenant sees for the first time, and remember them, in the current transaction.

    Two transactions at once with the same text: the second waits for the first, then finds it taken.
    """
    wanted = {key_of(text): text for text in texts}
    if not wanted:
        return set()
    with connection.cursor() as cursor:
        cursor.execute(REMEMBER_KEYS, [require_tenant(), sorted(wanted)])
        return set(wanted.values()) - {wanted[row[0].hex] for row in cursor.fetchall()}


def forget_old() -> int:
    """Forget what was seen more than `KEPT` ago, of all tenants, a piece at a time; return how much."""
    before, total = clock.now() - KEPT, 0
    while True:
        with connection.cursor() as cursor:
            cursor.execute(_FORGET, [before, AT_ONCE])
            row = cursor.fetchone()
        gone = int(row[0]) if row else 0
        total += gone
        if gone < AT_ONCE:
            return total
