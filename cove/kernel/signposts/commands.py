"""Putting up and taking down signposts. Called inside a command of the module that owns what they point at."""

from __future__ import annotations

from typing import Any

from django.db import connection

from cove.kernel.signposts.models import Signpost

WAKE_CHANNEL = "cove_signpost"


def put_signpost(kind: str, key: str, document: dict[str, Any]) -> None:
    """Let (`kind`, `key`) of the bound tenant point at `document` (secrets inside it sealed) and wake the edges at commit."""
    Signpost.objects.update_or_create(kind=kind, key=key, defaults={"document": document})
    _wake(kind, key)


def take_down_signpost(kind: str, key: str) -> None:
    """Remove the signpost (`kind`, `key`) of the bound tenant, if it stands."""
    Signpost.objects.filter(kind=kind, key=key).delete()
    _wake(kind, key)


def _wake(kind: str, key: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [WAKE_CHANNEL, f"{kind}:{key}"])
