"""Keyed hashes: what an erased person is recognised by, and what a preference link is found by."""

from __future__ import annotations

import hashlib
import hmac
from functools import lru_cache

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


@lru_cache(maxsize=4)
def _key(secret_key: str, use: bytes) -> bytes:
    return HKDF(hashes.SHA256(), 32, salt=None, info=b"cove privacy: " + use).derive(secret_key.encode())


def digest(tenant_id: int, kind: str, value: str | int) -> str:
    """Return the keyed hash of one thing a person is known by (`kind`: contact, visitor, or a kind of identity), 64 characters.

    Without the installation's key nobody can try out phone numbers against it.
    """
    said = f"{tenant_id}:{kind}:{value}".encode()
    return hmac.new(_key(settings.SECRET_KEY, b"tombstones"), said, hashlib.sha256).hexdigest()


def link_mac(data: bytes) -> bytes:
    """Return the signature of a preference link's data, 16 bytes."""
    return hmac.new(_key(settings.SECRET_KEY, b"preference links"), data, hashlib.sha256).digest()[:16]


def link_digest(number: bytes) -> str:
    """Return by what the row of a link is found: the number itself is kept nowhere but in the link."""
    return hmac.new(_key(settings.SECRET_KEY, b"link numbers"), number, hashlib.sha256).hexdigest()
