"""The ends of addresses that belong to one mail: opened, a link followed, unsubscribed, sent back.

They carry numbers and a signature, nothing in clear. Nothing here touches a database, so the edge reads them while it is away.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import struct
from functools import lru_cache
from typing import Literal, NamedTuple

from cove.kernel import base64url

Purpose = Literal["open", "link", "leave", "back"]

_NUMBERS = struct.Struct(">IQI")
_MAC_BYTES = 10
_LONGEST = 64
_LENGTH = _NUMBERS.size + _MAC_BYTES


class Told(NamedTuple):
    """What a token says: whose mail, which one, and which of its links (0: none)."""

    tenant_id: int
    message_id: int
    link_id: int = 0


def token_for(purpose: Purpose, told: Told, *, secret: str) -> str:
    """Return the token of a mail for one purpose; `secret` is the installation's.

    It is written in base 32 for "back", since mail addresses are passed on without regard to case, and in base 64 for the others.
    """
    numbers = _NUMBERS.pack(*told)
    raw = numbers + _mac(purpose, numbers, secret)
    if purpose == "back":
        return base64.b32encode(raw).rstrip(b"=").decode().lower()
    return base64url.encode(raw)


def read_token(purpose: Purpose, token: str, *, secret: str) -> Told | None:
    """Return what a token says, or None if it is not one of ours for this purpose."""
    if not 0 < len(token) <= _LONGEST or not token.isascii():
        return None
    raw = _from_base32(token) if purpose == "back" else base64url.decode(token) or b""
    if len(raw) != _LENGTH:
        return None
    numbers, mac = raw[: _NUMBERS.size], raw[_NUMBERS.size :]
    if not hmac.compare_digest(mac, _mac(purpose, numbers, secret)):
        return None
    return Told(*_NUMBERS.unpack(numbers))


def _from_base32(text: str) -> bytes:
    try:
        return base64.b32decode(text.upper() + "=" * (-len(text) % 8))
    except (binascii.Error, ValueError):
        return b""


@lru_cache(maxsize=8)
def _key(purpose: str, secret: str) -> bytes:
    return hashlib.blake2b(secret.encode(), digest_size=32, person=f"cove.mail.{purpose}".encode()).digest()


def _mac(purpose: str, numbers: bytes, secret: str) -> bytes:
    return hashlib.blake2b(numbers, digest_size=_MAC_BYTES, key=_key(purpose, secret)).digest()
