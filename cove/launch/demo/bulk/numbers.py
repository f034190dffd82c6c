"""Numbers that are taken out of the tables' sequences beforehand, so that what is written later is the same at every try."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from cove.launch.demo.bulk.ground import rows
from cove.launch.demo.past.clerk import NUMBERS

MOST_FACTS = 400
"""Positions of the log that are set aside for each contact; few need a tenth of it."""
OF_ALL = ("groups", "moments", "masses")
"""What is counted from the beginning of the plan, and so has the same numbers in every piece."""
GAP = 100_000
"""Numbers left free before those set aside, for whoever takes one in this very moment."""


def set_aside(contacts: int) -> dict[str, int]:
    """Take numbers for a life that is loaded in bulk; return the first of each sort, and the time in seconds."""
    whole = {"contacts": ("people_contact", "id", 1), "friendships": ("live_codes_friendship", "id", 1)}
    return _take(contacts, whole) | set_aside_for_past(contacts)


def set_aside_for_past(contacts: int) -> dict[str, int]:
    """Take numbers for what is laid beside contacts who come through the doors; return as `set_aside`."""
    taken = _take(contacts, {"facts": ("log_fact", "position", MOST_FACTS), **NUMBERS})
    return taken | {"now": int(datetime.now(UTC).timestamp())}


def _take(contacts: int, wanted: Mapping[str, tuple[str, str, int]]) -> dict[str, int]:
    return {name: _numbers(table, column, contacts * most) for name, (table, column, most) in wanted.items()}


def _numbers(table: str, column: str, count: int) -> int:
    sequence = rows("SELECT pg_get_serial_sequence(%s, %s)", table, column)[0][0]
    last = rows("SELECT nextval(%s)", sequence)[0][0]
    gap = GAP if table == "log_fact" else 0
    rows("SELECT setval(%s, %s)", sequence, last + gap + count)
    return int(last + gap + 1)
