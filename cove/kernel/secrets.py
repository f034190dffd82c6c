"""Secrets at rest: encrypted with the installation's key before they reach the database."""

from __future__ import annotations

import base64
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from cryptography.fernet import Fernet
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db import models


@lru_cache(maxsize=4)
def _cipher(secret_key: str) -> Fernet:
    key = HKDF(hashes.SHA256(), 32, salt=None, info=b"cove secrets at rest").derive(secret_key.encode())
    return Fernet(base64.urlsafe_b64encode(key))


def seal_secret(plain: str) -> str:
    """Return `plain` encrypted and authenticated (Fernet), as text for a column or a document."""
    return _cipher(settings.SECRET_KEY).encrypt(plain.encode()).decode()


def open_secret(sealed: str) -> str:
    """Return the plain text of `seal_secret`; raises cryptography's InvalidToken if the installation's key is another."""
    return _cipher(settings.SECRET_KEY).decrypt(sealed.encode()).decode()


if TYPE_CHECKING:
    _Text = models.TextField[str, str]
else:
    _Text = models.TextField  # Django's fields are generic for type checkers only


class SecretField(_Text):
    """Text that is encrypted in the database and plain in Python. It cannot be searched."""

    def get_prep_value(self, value: Any) -> Any:
        """Encrypt on the way in; empty stays empty."""
        return seal_secret(value) if value else value

    def from_db_value(self, value: str | None, _expression: object, _connection: object) -> str | None:
        """Decrypt on the way out."""
        return open_secret(value) if value else value
