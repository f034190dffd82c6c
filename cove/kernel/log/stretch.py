"""Stretches of the log, taken as a whole: where the next one ends, and whom it is about.

What lies after a mark and before the oldest running transaction never changes its order, and nothing comes in between any more: the
next stretch of so many facts is the same whoever asks, and whenever.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db import connection

from cove.kernel.log.read import Mark
from cove.kernel.scope import every_tenant

_AFTER = "(xid, position) > (%(xid)s::text::xid8, %(position)s) AND xid < pg_snapshot_xmin(pg_current_snapshot())"
_FIRST = f"SELECT xid::text::bigint AS number, position FROM log_fact WHERE {_AFTER} ORDER BY xid, position LIMIT 1"  # noqa: S608 -- constants
_FARTHEST = f"""
SELECT xid::text::bigint AS number, position FROM log_fact WHERE {_AFTER} ORDER BY xid, position OFFSET %(limit)s - 1 LIMIT 1
"""  # noqa: S608 -- constants
_NEWEST = f"SELECT xid::text::bigint AS number, position FROM log_fact WHERE {_AFTER} ORDER BY xid DESC, position DESC LIMIT 1"  # noqa: S608 -- constants

_WITHIN = "(xid, position) > ('{0.xid}'::xid8, {0.position}) AND (xid, position) <= ('{1.xid}'::xid8, {1.position})"
_WEIGHT = "SELECT COALESCE(sum(pg_column_size(payload)), 0) FROM log_fact WHERE {within}"
_PEOPLE = """
SELECT DISTINCT tenant_id, contact_id, visitor_id FROM log_fact
WHERE {within} AND tenant_id = ANY(%s) AND (contact_id IS NOT NULL OR visitor_id IS NOT NULL)
"""


@dataclass(frozen=True, slots=True)
class Stretch:
    """The facts after one mark up to another; `first` is the first of them."""

    after: Mark
    first: Mark
    to: Mark

    def __str__(self) -> str:
        return f"{self.first.xid}.{self.first.position}-{self.to.xid}.{self.to.position}"


def next_stretch(after: Mark, *, limit: int, most_bytes: int) -> Stretch | None:
    """Return the next facts of all tenants after a mark, at most `limit` and about `most_bytes` as stored; None if there are none."""
    with every_tenant("consumers read the log of all tenants in order"):
        first = _place(_FIRST, after)
        if first is None:
            return None
        while limit > 1:
            to = _place(_FARTHEST, after, limit=limit) or _place(_NEWEST, after)
            bytes_ = _weight(after, to) if to else 0
            if to and bytes_ <= most_bytes:
                return Stretch(after, first, to)
            limit = max(1, min(limit // 2, limit * most_bytes // max(bytes_, 1)))
        return Stretch(after, first, first)


def stretch_between(after: Mark, to: Mark) -> Stretch | None:
    """Return the facts after a mark up to another, None if there are none left."""
    with every_tenant("consumers read the log of all tenants in order"):
        first = _place(_FIRST, after)
    return Stretch(after, first, to) if first is not None and first <= to else None


def people_within(stretch: Stretch, tenant_ids: Collection[int]) -> list[tuple[int, int | None, int | None]]:
    """Return whom facts of these tenants are about: (tenant, contact or None, visitor or None), each once."""
    with every_tenant("consumers read the log of all tenants in order"), connection.cursor() as cursor:
        cursor.execute(_PEOPLE.format(within=_within(stretch.after, stretch.to)), [list(tenant_ids)])
        return [(row[0], row[1], row[2]) for row in cursor.fetchall()]


def _place(sql: str, after: Mark, *, limit: int = 1) -> Mark | None:
    with connection.cursor() as cursor:
        cursor.execute(sql, {"xid": after.xid, "position": after.position, "limit": limit})
        row = cursor.fetchone()
    return Mark(row[0], row[1]) if row else None


def _weight(after: Mark, to: Mark) -> int:
    with connection.cursor() as cursor:
        cursor.execute(_WEIGHT.format(within=_within(after, to)))
        row = cursor.fetchone()
    return int(row[0]) if row else 0


def _within(after: Mark, to: Mark) -> str:
    return _WITHIN.format(after, to)
