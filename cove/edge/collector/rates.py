"""How many events a source and an address may send: counted in memory, a minute at a time, in each web process."""

from __future__ import annotations

import time
from collections.abc import Hashable

from django.conf import settings

WINDOW_SECONDS = 60.0


class Rates:
    """Counts by key in windows of a minute. Measured by a clock that nobody can set."""

    __slots__ = ("_counts", "_ends")

    def __init__(self) -> None:
        self._counts: dict[Hashable, int] = {}
        self._ends = 0.0

    def wait(self, key: Hashable, events: int, limit: int) -> int:
        """Count `events` more for `key`; return 0, or how many seconds to wait because they would be more than `limit` a minute."""
        now = time.monotonic()
        if now >= self._ends:
            # Whoever was counted is forgotten, so that a flood of addresses cannot fill the memory for longer than this.
            self._counts = {}
            self._ends = now + WINDOW_SECONDS
        count = self._counts.get(key, 0) + events
        if count > limit and count > events:
            return int(self._ends - now) + 1
        self._counts[key] = count
        return 0


_rates = Rates()
_per_source: int = settings.EVENTS_PER_SOURCE
_per_address: int = settings.EVENTS_PER_ADDRESS


def seconds_to_wait(source_id: int, address: str, events: int, *, server: bool) -> int:
    """Return 0 if the source may send `events` more now, from this address; else how many seconds to wait.

    A company's own server sends everything from one address, so that only the limit of the source counts for it.
    """
    if not server and (wait := _rates.wait((source_id, address), events, _per_address)):
        return wait
    return _rates.wait(source_id, events, _per_source)
