"""Reading the log in order, each consumer from its own durable cursor.

Sequence numbers become visible out of order: a transaction may take number 7, another take 8 and commit first. So the
order is (transaction id, position), and reading stops before the oldest transaction that is still running.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db import connection

from cove.kernel.actor import Link
from cove.kernel.log.fact import Envelope
from cove.kernel.scope import every_tenant, require_tenant

_COLUMNS = "position, xid::text::bigint, tenant_id, kind, at, recorded_at, contact_id, visitor_id, member_id, source, chain, payload"

# The table is named in ORDER BY: a bare `xid` would be the number that is selected under this name, and no index has that.
_BETWEEN = f"""
SELECT {_COLUMNS} FROM log_fact
WHERE (xid, position) > (%(xid)s::text::xid8, %(position)s) AND (xid, position) <= (%(to_xid)s::text::xid8, %(to_position)s)
ORDER BY log_fact.xid, log_fact.position
"""  # noqa: S608 -- constant columns

_AMONG = f"""
SELECT {_COLUMNS} FROM log_fact
WHERE (xid, position) > (%(xid)s::text::xid8, %(position)s) AND (xid, position) <= (%(to_xid)s::text::xid8, %(to_position)s)
  AND kind = ANY(%(kinds)s)
ORDER BY log_fact.xid, log_fact.position
"""  # noqa: S608 -- constant columns

_AT = f"""
SELECT {_COLUMNS} FROM log_fact WHERE tenant_id = %(tenant)s AND position = ANY(%(places)s) ORDER BY position
"""  # noqa: S608 -- constant columns

_END = """
SELECT coalesce(max(c.xid)::text, '0'), coalesce(max(c.position), 0), (SELECT last_value FROM log_fact_position_seq)
FROM log_cursor c WHERE c.consumer = %s
"""
# Its bounds are asked for before it: of bounds that it cannot see the planner expects a third of the log, and sends workers for it.
_TAIL = f"""
SELECT {_COLUMNS} FROM log_fact
WHERE position > %(deepest)s AND (xid, position) > (%(xid)s::text::xid8, %(position)s) AND tenant_id = %(tenant)s
  AND (contact_id = ANY(%(contacts)s::bigint[]) OR contact_id IS NULL AND visitor_id = ANY(%(visitors)s::bigint[]))
ORDER BY at DESC, position DESC
"""  # noqa: S608 -- constant columns

_ONE = f"SELECT {_COLUMNS} FROM log_fact WHERE position = %(position)s AND tenant_id = %(tenant)s"  # noqa: S608 -- constant columns

_NAMES = (
    "position",
    "xid",
    "tenant_id",
    "kind",
    "at",
    "recorded_at",
    "contact_id",
    "visitor_id",
    "member_id",
    "source",
)

_NEWEST = """
SELECT xid::text::bigint, position FROM log_fact WHERE xid < pg_snapshot_xmin(pg_current_snapshot())
ORDER BY log_fact.xid DESC, log_fact.position DESC LIMIT 1
"""
_CAUGHT_UP = "SELECT consumer FROM log_cursor WHERE planned_xid IS NULL AND (xid, position) >= (%s::text::xid8, %s)"

_HIDDEN = "SELECT EXISTS (SELECT FROM log_fact WHERE xid >= pg_snapshot_xmin(pg_current_snapshot()))"

_CURSOR = "SELECT xid::text::bigint, position, planned_xid::text::bigint, planned_position FROM log_cursor WHERE consumer = %s"


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """A place in the log: everything up to and including it has been seen."""

    xid: int = 0
    position: int = 0


def read_between(mark: Mark, to: Mark) -> list[Envelope]:
    """Return exactly the facts after `mark` up to `to`; the same answer however often it is asked."""
    return _read(_BETWEEN, {"xid": mark.xid, "position": mark.position, "to_xid": to.xid, "to_position": to.position})


def read_kinds(mark: Mark, to: Mark, kinds: Collection[str]) -> list[Envelope]:
    """Return the facts of some kinds after `mark` up to `to`, in order."""
    places = {"xid": mark.xid, "position": mark.position, "to_xid": to.xid, "to_position": to.position}
    return _read(_AMONG, {**places, "kinds": list(kinds)})


def _read(sql: str, params: dict[str, Any]) -> list[Envelope]:
    with every_tenant("consumers read the log of all tenants in order"), connection.cursor() as cursor:
        cursor.execute(sql, params)
        rows = cursor.fetchall()
    return [envelope_of(row) for row in rows]


def read_one(position: int) -> Envelope | None:
    """Return the bound tenant's fact at a position, None if it is gone."""
    with connection.cursor() as cursor:
        cursor.execute(_ONE, {"position": position, "tenant": require_tenant()})
        row = cursor.fetchone()
    return envelope_of(row) if row else None


def envelope_of(row: tuple[Any, ...]) -> Envelope:
    """Return a row of the log (position, transaction, tenant, kind, … as they are selected here) as an envelope."""
    chain, payload = row[10], row[11]
    # Most facts have no cause, and some consumers leave out the payload.
    return Envelope.model_construct(
        **dict(zip(_NAMES, row, strict=False)),
        chain=() if chain == "[]" else tuple(Link(**link) for link in _decoded(chain)),
        payload={} if payload == "{}" else _decoded(payload),
    )


def _decoded(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value


def lock_cursor(consumer: str) -> tuple[Mark, Mark | None] | None:
    """Take `consumer` for the current transaction; return its mark and planned mark, or None if another process has it.

    An advisory lock, because a row lock would give the transaction a number, and readers stop at the oldest running number:
    a sink that waits for another server must not hold up everybody else.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))", [f"consumer:{consumer}"])
        taken = cursor.fetchone()
        if not taken or not taken[0]:
            return None
        cursor.execute(_CURSOR, [consumer])
        row = cursor.fetchone()
        if row is None:
            cursor.execute("INSERT INTO log_cursor (consumer) VALUES (%s) ON CONFLICT DO NOTHING", [consumer])
            return Mark(), None
    return Mark(row[0], row[1]), Mark(row[2], row[3]) if row[2] is not None else None


def newest_mark() -> Mark:
    """Return the place of the last fact that may be read."""
    with every_tenant("consumers read the log of all tenants in order"), connection.cursor() as cursor:
        cursor.execute(_NEWEST)
        row = cursor.fetchone()
    return Mark(*row) if row else Mark()


def caught_up() -> set[str]:
    """Return the consumers that have passed all that may be read."""
    newest = newest_mark()
    if newest == Mark():
        return set()
    with connection.cursor() as cursor:
        cursor.execute(_CAUGHT_UP, [newest.xid, newest.position])
        return {row[0] for row in cursor.fetchall()}


def facts_are_hidden() -> bool:
    """Tell whether there are facts that may not be read yet, because a transaction that began before them still runs."""
    with every_tenant("consumers read the log of all tenants in order"), connection.cursor() as cursor:
        cursor.execute(_HIDDEN)
        row = cursor.fetchone()
    return bool(row and row[0])


def mark_of(consumer: str) -> Mark:
    """Return how far `consumer` has come, without waiting for it."""
    with connection.cursor() as cursor:
        cursor.execute(_CURSOR, [consumer])
        row = cursor.fetchone()
    return Mark(row[0], row[1]) if row else Mark()


def read_tail(consumer: str, *, contact_ids: list[int], visitor_ids: list[int], depth: int = 20_000) -> list[Envelope]:
    """Return the bound tenant's facts about these people that `consumer` has not passed, among the newest `depth` positions of the log.

    Those of the own uncommitted transaction and of neighbours that a consumer must still wait for are included, and such as it passes
    at this moment.
    """
    asked: dict[str, Any] = {"tenant": require_tenant(), "contacts": contact_ids, "visitors": visitor_ids}
    with connection.cursor() as cursor:
        cursor.execute(_END, [consumer])
        xid, position, newest = cursor.fetchall()[0]
        cursor.execute(_TAIL, {**asked, "xid": xid, "position": position, "deepest": newest - depth})
        return [envelope_of(row) for row in cursor.fetchall()]


def read_at(positions: Collection[int]) -> list[Envelope]:
    """Return the bound tenant's facts at these positions, in their order; those that are gone are left out."""
    return _read(_AT, {"tenant": require_tenant(), "places": list(positions)})


def plan_cursor(consumer: str, to: Mark) -> None:
    """Note, before an outside effect, that the next batch of `consumer` ends exactly at `to`."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE log_cursor SET planned_xid = %s::text::xid8, planned_position = %s WHERE consumer = %s",
            [to.xid, to.position, consumer],
        )


def move_cursor(consumer: str, to: Mark, *, handled: int) -> None:
    """Move the cursor of `consumer` to `to`, in the transaction of the effect."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE log_cursor SET xid = %s::text::xid8, position = %s, planned_xid = NULL, planned_position = NULL, "
            "handled = handled + %s, moved_at = now() WHERE consumer = %s",
            [to.xid, to.position, handled, consumer],
        )
