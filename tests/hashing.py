"""Passwords in tests: the same algorithm as in the product, at the least cost it allows, for thousands of sign-ins."""

from __future__ import annotations

from django.contrib.auth.hashers import Argon2PasswordHasher


class QuickArgon2(Argon2PasswordHasher):
    """Argon2 over 64 KiB of memory. The house that browser tests walk through uses the product's own cost."""

    memory_cost = 64
    parallelism = 1
