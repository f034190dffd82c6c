"""Times as providers write them. What is older than text messages is none, and calendars of stores end somewhere."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

CHINA = ZoneInfo("Asia/Shanghai")
EARLIEST = datetime(2000, 1, 1, tzinfo=CHINA)


def china_time(text: Any) -> datetime | None:
    """Return a time written as ``2026-01-31 09:05:00`` in China's time, None if it is none."""
    try:
        found = datetime.strptime(str(text), "%Y-%m-%d %H:%M:%S").replace(tzinfo=CHINA)
    except ValueError:
        return None
    return found if found >= EARLIEST else None


def time_of(seconds: Any) -> datetime | None:
    """Return a time given in seconds of 1970, None if it is none."""
    try:
        found = datetime.fromtimestamp(int(seconds), UTC)
    except (TypeError, ValueError, OverflowError, OSError):
        return None
    return found if found >= EARLIEST else None
