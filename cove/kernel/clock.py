"""The time, in one place, so that tests can move it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

_shift = timedelta()


def now() -> datetime:
    """Return the current time in UTC, with microseconds."""
    return datetime.now(UTC) + _shift


@contextmanager
def shifted(by: timedelta) -> Iterator[None]:
    """Move the clock of this process by `by` inside the block (tests only)."""
    global _shift  # noqa: PLW0603 -- one clock per process is the point
    before = _shift
    _shift = before + by
    try:
        yield
    finally:
        _shift = before


def skew(http_date: str) -> timedelta | None:
    """Return by how much this clock is ahead of the one that wrote a ``Date`` header; None if that says no time."""
    try:
        return now() - parsedate_to_datetime(http_date)
    except (ValueError, TypeError):
        return None
