"""The time, in one place, so that tests can move it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

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
