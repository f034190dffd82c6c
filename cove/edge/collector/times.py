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
_AHEAD = -NEWEST
AGREES = timedelta(seconds=5)
"""How far the time of sending may be from that of arrival for a clock that is right; requests of phones take seconds."""
EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
"""For what a server sends: before it, no product of the company was watched."""


def sender_now(sent_at: datetime | None, received: datetime) -> datetime:
    """Return what the sender's clock showed when he sent, if that is far from ours, else when we received it."""
    wrong = sent_at is not None and abs(received - sent_at) > AGREES
    return sent_at if wrong and sent_at else received


def happened(age: timedelta | None, received: datetime) -> tuple[datetime, bool]:
    """Return when an event of this age happened (None: it did not say), and whether it lay so far ahead that it was taken as of now."""
    if age is None:
        return received, False
    if age < _AHEAD:
        return received, True
    try:
        return received - age, False
    except OverflowError:
        return EARLIEST, False


def too_old(age: timedelta, received: datetime, *, server: bool) -> bool:
    """Tell whether an event is older than its sender may send."""
    return age > (received - EARLIEST if server else OLDEST)
