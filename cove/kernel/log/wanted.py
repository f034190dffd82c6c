"""Reading of the log what a consumer wants, and no more: most want a few kinds of fact, or a few fields of many.

PostgreSQL leaves the rest out, so it is neither sent nor decoded, and the cursor passes it in great strides.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from django.db import connection

from cove.kernel.log.fact import Envelope
from cove.kernel.log.looks import Look, looks
from cove.kernel.log.read import Mark, envelope_of
from cove.kernel.scope import every_tenant

STRIDE = 20_000
"""Facts that are passed at once where hardly any is wanted: few enough for a short transaction."""
MOST_BYTES = 32 * 1024 * 1024
"""Of payload, as PostgreSQL stores it, that is taken at once: of very long facts fewer."""

_UP_TO = """(xid, position) > (%(xid)s::text::xid8, %(position)s)
  AND (xid, position) <= (%(to_xid)s::text::xid8, %(to_position)s)"""

_COUNT = f"SELECT count(*) FROM log_fact WHERE {_UP_TO}"  # noqa: S608 -- constants

_WANTED = """
SELECT position, xid::text::bigint, tenant_id, kind, at, recorded_at, contact_id, visitor_id, member_id, source, chain, payload, found
FROM (
  SELECT *, count(*) OVER () AS found, sum(bytes) OVER (ORDER BY near.xid, near.position) - bytes AS before FROM (
    SELECT position, xid, tenant_id, kind, at, recorded_at, contact_id, visitor_id, member_id, source, chain, {payload} AS payload,
      {bytes} AS bytes
    FROM log_fact WHERE {tests} ORDER BY log_fact.xid, log_fact.position LIMIT %(limit)s
  ) AS near
) AS weighed WHERE before < %(most_bytes)s ORDER BY weighed.xid, weighed.position
"""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a consumer wants of the log. None is all of it.

    `fields` are those of the payload it looks at; one that a fact does not have is null. The columns of the log are always there.
    """

    kinds: Collection[str] | None = None
    tenants: Collection[int] | None = None
    fields: Collection[str] | None = None


@dataclass(frozen=True, slots=True)
class Passed:
    """A part of the log: its end, how many facts it has, and those that were wanted."""

    to: Mark
    count: int
    facts: list[Envelope]


def read_wanted(
    mark: Mark, wants: Callable[[], Wanted], *, limit: int, stride: int = STRIDE, most_bytes: int = MOST_BYTES
) -> Passed | None:
    """Return what is wanted of the facts after `mark` that no running transaction can still precede; None if nothing is new.

    At most `limit` wanted facts and about `most_bytes` of payload; what is over waits for the next call. `wants` is asked after the end is
    known: whatever it does not know of yet (such as that somebody is erased) will find these facts in the log.
    """
    look = looks.behind(mark, stride=stride)
    if look is None:
        return None
    to, count = look.to, look.count
    places = {"xid": mark.xid, "position": mark.position, "to_xid": to.xid, "to_position": to.position}
    rows = _rows(wants(), look, {**places, "limit": limit, "most_bytes": most_bytes})
    is_cut = bool(rows) and (len(rows) < rows[0][12] or rows[0][12] == limit)
    if is_cut:
        to = Mark(rows[-1][1], rows[-1][0])
    if is_cut or mark != look.after:
        count = int(_ask(_COUNT, {**places, "to_xid": to.xid, "to_position": to.position})[0][0])
    return Passed(to, count, [envelope_of(row) for row in rows])


def _rows(wanted: Wanted, look: Look, values: dict[str, Any]) -> list[tuple[Any, ...]]:
    tests, asked = [_UP_TO], dict(values)
    if wanted.kinds is not None:
        kinds = [kind for kind in wanted.kinds if kind in look.places]
        if not kinds:
            return []
        tests.append(_among(kinds, look, asked))
    if wanted.tenants is not None:
        if not wanted.tenants:
            return []
        tests.append("tenant_id = ANY(%(tenants)s)")
        asked["tenants"] = list(wanted.tenants)
    payload, weight = "payload", "pg_column_size(payload)"
    if wanted.fields is not None:
        pairs = ", ".join(f"'{name}', payload -> '{name}'" for name in wanted.fields)
        payload, weight = (f"jsonb_build_object({pairs})", weight) if pairs else ("'{}'::jsonb", "0")
    return _ask(_WANTED.format(payload=payload, bytes=weight, tests=" AND ".join(tests)), asked)


def _among(kinds: list[str], look: Look, asked: dict[str, Any]) -> str:
    """Return the test for facts of these kinds: by their places, if the look knows them all."""
    known = [look.places[kind] for kind in kinds]
    if all(places is not None for places in known):
        asked["places"] = [place for places in known for place in places or ()]
        return "position = ANY(%(places)s)"
    asked["kinds"] = kinds
    return "kind = ANY(%(kinds)s)"


def _ask(sql: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
    with every_tenant("consumers read the log of all tenants in order"), connection.cursor() as cursor:
        cursor.execute(sql, values)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows
