"""Bytes as letters of an address: base64url without padding (RFC 4648, 5)."""

from __future__ import annotations

import base64
import binascii


def encode(raw: bytes) -> str:
    """Return `raw` as letters, digits, ``-`` and ``_``."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def decode(text: str) -> bytes | None:
    """Return the bytes that `encode` gave as `text`, or None if it gives no such text.

    The last letter may hold bits that say nothing; where they are not zero, Python's decoder takes another address for the same.
    """
    try:
        raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return None
    return raw if encode(raw) == text else None
