"""Rows of the log as PostgreSQL writes them (COPY … TO STDOUT, text format), without looking at a fact.

The rows of the next stretch say themselves where it ends, so that the log is read once. They are taken from libpq in one go: psycopg's own
way makes and awaits a generator for each row.
"""

from __future__ import annotations

import select
from collections.abc import Generator, Sequence
from dataclasses import dataclass, field

from django.db import connection
from psycopg.errors import error_from_result
from psycopg.pq import ExecStatus
from psycopg.pq.abc import PGconn
from psycopg.waiting import Ready, Wait

from cove.kernel.log.read import Mark
from cove.kernel.log.stretch import Stretch
from cove.kernel.scope import every_tenant

FIRST_LOOK = 1_000
"""Facts that are read before it is known how long they are here."""
GATHERING = 0.0002
"""Seconds. PostgreSQL sends 8 kB at a time; whoever wakes up for each of them costs both sides more than the rows do. In this time it
fills what the socket holds and is never stopped by it."""

# COPY takes no parameters, so the numbers are in the text. The place comes first: by it a row is found again.
_COPY = (
    "COPY (SELECT position, {expressions} FROM log_fact WHERE {where} ORDER BY xid, position LIMIT {limit}) TO STDOUT"
)
_BEHIND = "(xid, position) > ('{0.xid}'::xid8, {0.position})"
_AFTER = f"{_BEHIND} AND xid < pg_snapshot_xmin(pg_current_snapshot())"
_WITHIN = f"{_BEHIND} AND (xid, position) <= ('{{1.xid}}'::xid8, {{1.position}})"
_MARKS = "SELECT xid::text::bigint AS number, position FROM log_fact WHERE position IN (%s, %s) ORDER BY log_fact.xid, position"


@dataclass(frozen=True, slots=True)
class Rows:
    """A stretch with its rows: the place of each fact and one column for each expression. `cut` if there may be more behind it."""

    stretch: Stretch
    text: bytearray
    facts: int
    cut: bool = False


@dataclass(slots=True)
class _Text:
    """Rows one behind the other; `last` is where the last one begins, `told` how many there were, taken or not."""

    bytes: bytearray = field(default_factory=bytearray)
    facts: int = 0
    last: int = 0
    told: int = 0


def copy_stretch(stretch: Stretch, expressions: Sequence[str]) -> Rows:
    """Return the rows of a stretch whose end is known."""
    text = _Text()
    with every_tenant("consumers read the log of all tenants in order"):
        _copy(text, _WITHIN.format(stretch.after, stretch.to), expressions)
    return Rows(stretch, text.bytes, text.facts)


def copy_next(after: Mark, expressions: Sequence[str], *, limit: int, most_bytes: int) -> Rows | None:
    """Return the next facts of all tenants after a mark, at most `limit` and about `most_bytes` as text; None if there are none.

    Facts that a running transaction can still precede are left out.
    """
    text = _Text()
    first, to, cut = after, after, True
    with every_tenant("consumers read the log of all tenants in order"):
        while cut and text.facts < limit and len(text.bytes) < most_bytes:
            likely = (most_bytes - len(text.bytes)) * text.facts // len(text.bytes) + 1 if text.facts else FIRST_LOOK
            wanted, before = min(likely, limit - text.facts), text.facts
            cut = _copy(text, _AFTER.format(to), expressions, limit=wanted, most_bytes=most_bytes)
            if text.facts > before:
                first, to = _marks(text)
    return Rows(Stretch(after, first, to), text.bytes, text.facts, cut) if text.facts else None


def _copy(text: _Text, where: str, expressions: Sequence[str], *, limit: int = 2**31, most_bytes: int = 2**63) -> bool:
    """Add as many rows as have room, one at least; return whether there may be more."""
    sql = _COPY.format(expressions=", ".join(expressions), where=where, limit=limit)
    before, text.told = text.facts, 0
    with connection.cursor() as cursor, cursor.cursor.copy(sql) as copy:
        copy.connection.wait(_take(copy.connection.pgconn, text, most_bytes))
    return text.told >= limit or text.told > text.facts - before


def _take(libpq: PGconn, text: _Text, most_bytes: int) -> Generator[Wait, Ready | int, None]:
    """Take all rows and add those that have room.

    As libpq's manual says of PQgetCopyData: a size, or 0 while none has come, or -1 at the end, after which results come until None.
    Each row is let go at once: twenty thousand at a time would have Python look for garbage in everything it holds.
    """
    taken, dry = text.bytes, False
    while (one := libpq.get_copy_data(1))[0] >= 0:
        size, line = one
        if not size or line is None:
            if dry:
                # Not `sleep`: it waits for a moment of the clock, and fails where somebody moves that.
                select.select([], [], [], GATHERING)
                yield Wait.R
            libpq.consume_input()
            dry = True
            continue
        dry = False
        text.told += 1
        if len(taken) < most_bytes:
            text.last = len(taken)
            taken += line
            text.facts += 1
    while (result := libpq.get_result()) is not None:
        if result.status != ExecStatus.COMMAND_OK:
            raise error_from_result(result)


def _marks(text: _Text) -> tuple[Mark, Mark]:
    places = [int(bytes(text.bytes[start : start + 20]).partition(b"\t")[0]) for start in (0, text.last)]
    with connection.cursor() as cursor:
        cursor.execute(_MARKS, places)
        marks = [Mark(*row) for row in cursor.fetchall()]
    return marks[0], marks[-1]
