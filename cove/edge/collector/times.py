"""When an event happened, whatever the sender's clock says.

Only the sender's clock knows when an event was made, and it may be wrong by years. What it says of the time of sending is wrong by as much,
so the difference of the two is right: the event is that much older than its arrival. A clock that agrees with ours is believed as it is:
the way of each request takes its own time, and what happened in order must not be told in another.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

OLDEST = timedelta(days=30)
"""For what comes by a public key. Within this time a repeated event is known again (`kernel.log.seen`)."""
NEWEST = timedelta(minutes=10)
AGREES = timedelta(seconds=5)
"""How far the time of sending may be from that of arrival for a clock that is right; requests of phones take seconds."""
EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
"""For what a server sends: before it, no product of the company was watched."""


def age_of(timestamp: datetime, sent_at: datetime | None, received: datetime) -> timedelta:
    """Return how long before its arrival an event happened; negative for one that lies in the future."""
    wrong = sent_at is not None and abs(received - sent_at) > AGREES
    return (sent_at if wrong and sent_at else received) - timestamp


def happened(timestamp: datetime | None, sent_at: datetime | None, received: datetime) -> tuple[datetime, bool]:
    """Return when an event happened, in UTC, and whether its clock ran so far ahead that the time of arrival was taken instead."""
    if timestamp is None:
        return received, False
    age = age_of(timestamp, sent_at, received)
    if -age > NEWEST:
        return received, True
    try:
        return received - age, False
    except OverflowError:
        return EARLIEST, False


def too_old(timestamp: datetime | None, sent_at: datetime | None, received: datetime, *, server: bool) -> bool:
    """Tell whether an event is older than its sender may send."""
    if timestamp is None:
        return False
    age = age_of(timestamp, sent_at, received)
    return age > (received - EARLIEST if server else OLDEST)
