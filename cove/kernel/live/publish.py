"""Telling open browsers of something, once the current transaction commits."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from typing import Any

from django.db import connection

from cove.kernel.ids import new_slug
from cove.kernel.operations import Operation

CHANNEL = "cove_live"
SESSIONS_CHANGED = "sessions"
"""The event that makes the streams of its receivers ask again whether their session still lives; it is not passed on."""

_MEMBERS_A_NOTICE = 300
"""Receivers in one NOTIFY: its payload must stay below 8000 bytes."""
_LONGEST_DATA = 1_000


def tell_live(
    tenant_id: int,
    event: str,
    data: dict[str, Any] | None = None,
    *,
    member_ids: Collection[int] | None = None,
    needs: Operation | None = None,
) -> None:
    """Tell the open browsers of some members (None: of all), or only of those who hold `needs`, after the commit.

    `data` names ids and numbers, at most 1000 characters as JSON; raises ValueError for more.
    """
    document = {"t": tenant_id, "e": event, "d": data or {}, "o": needs.key if needs else None}
    if len(json.dumps(document["d"])) > _LONGEST_DATA:
        raise ValueError(f"a live event carries ids, not contents: {event}")
    with connection.cursor() as cursor:
        for receivers in _portions(member_ids):
            payload = {**document, "i": new_slug(12), "m": receivers}
            cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, json.dumps(payload)])


def _portions(member_ids: Collection[int] | None) -> Iterator[list[int] | None]:
    if member_ids is None:
        yield None
        return
    wanted = sorted(set(member_ids))
    for start in range(0, len(wanted), _MEMBERS_A_NOTICE):
        yield wanted[start : start + _MEMBERS_A_NOTICE]
