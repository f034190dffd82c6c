"""Where a fact stands on a timeline, cursors that say it, and the stretches of time in which to look."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Literal

from cove.kernel import clock
from cove.kernel.paging import decode_cursor, encode_cursor, foreign_cursor

Place = tuple[int, int]
"""Milliseconds since 1970, as ClickHouse keeps times, and the position in the log."""

Direction = Literal["older", "newer"]

MAX_POSITION = 2**63
BEGIN: Place = (0, 0)
# Later than any fact: DateTime64(3) ends in 2299.
END: Place = (10_413_791_999_000, MAX_POSITION)

_NEAR = timedelta(days=31)
_SECOND = 1000


def milliseconds(at: datetime) -> int:
    """Return a moment as ClickHouse keeps it."""
    whole = at.astimezone(UTC)
    return int(whole.timestamp()) * _SECOND + whole.microsecond // 1000


def place(at: datetime, position: int) -> Place:
    """Return where a fact stands."""
    return milliseconds(at), position


def cursor_of(where: Place) -> str:
    """Return the cursor of a place."""
    return encode_cursor(list(where))


def place_of(cursor: str) -> Place:
    """Return the place a cursor names. Raises InvalidInput for one of another list."""
    at, position = decode_cursor(cursor)
    if type(at) is not int or type(position) is not int or not (0 <= at <= END[0] and 0 <= position <= END[1]):
        raise foreign_cursor()
    return at, position


def stretches(low: Place, high: Place, direction: Direction) -> Iterator[tuple[Place, Place]]:
    """Cut what lies between two places (neither included) into the near month and the rest, in the order in which to search.

    Whoever has hundreds of thousands of facts often fills a page from the month, so that the texts of the years behind it are not read.
    """
    near = int(_NEAR.total_seconds()) * _SECOND
    if direction == "older":
        # The end of time is far; nearly everything that is known happened before now.
        cut = (min(high[0], milliseconds(clock.now())) - near, 0)
        yield from [(cut, high), (low, cut)] if cut > low else [(low, high)]
    else:
        cut = (low[0] + near, 0)
        yield from [(low, cut), (cut, high)] if cut < high else [(low, high)]
