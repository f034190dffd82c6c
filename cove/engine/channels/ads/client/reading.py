"""Times as platforms write them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from cove.kernel import clock

CHINA = ZoneInfo("Asia/Shanghai")
EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
"""What is older is no time of a lead, and calendars of stores end somewhere."""


def moment(value: Any) -> datetime:
    """Return a time given in seconds or as ``2026-01-31 09:05:00`` in China's time; now if it is neither, lies ahead or is absurdly old."""
    now = clock.now()
    try:
        found = datetime.fromtimestamp(int(value), UTC)
    except (TypeError, ValueError, OverflowError, OSError):
        try:
            found = datetime.strptime(str(value), "%Y-%m-%d %H:%M:%S").replace(tzinfo=CHINA)
        except ValueError:
            return now
    return min(found, now) if found >= EARLIEST else now


def china_text(at: datetime) -> str:
    """Return a time as Baidu wants it."""
    return at.astimezone(CHINA).strftime("%Y-%m-%d %H:%M:%S")
