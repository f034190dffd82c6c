"""Lines of progress: how many contacts are in, and how long the rest will take."""

from __future__ import annotations

import time
from collections.abc import Callable

from cove.launch.demo.kept import Kept

TELL_EVERY = 2.0
"""Seconds between two lines of progress."""
_LONG, _VERY_LONG = 90, 120
"""From so many seconds on in minutes, from so many minutes on in hours."""


class Teller:
    """Writes a line every few seconds and at the end; `steady_from` is the number of contacts after which they come at one speed."""

    def __init__(
        self,
        life: Kept,
        *,
        steady_from: int = 0,
        write: Callable[[str], None] | None = None,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._life, self._steady_from, self._now = life, steady_from, now
        self._write = write or (lambda line: print(line, flush=True))  # noqa: T201 -- for the terminal, through the supervisor
        self._begun = self._last = now()
        self._since = (self._begun, life.done) if life.done >= steady_from else None

    def __call__(self, contacts: int, facts: int) -> None:
        """Say that so many are in."""
        now, most = self._now(), self._life.contacts
        if contacts < most and now - self._last < TELL_EVERY:
            return
        self._last = now
        rest = self._left(now, contacts) if contacts < most else f", in {duration(now - self._begun)}"
        self._write(f"{100 * contacts // most:3d} %  {contacts:,} contacts, {facts:,} facts{rest}")

    def _left(self, now: float, contacts: int) -> str:
        if self._since is None:
            if contacts >= self._steady_from:
                self._since = now, contacts
            return ""
        since, known = self._since
        return f", about {duration((now - since) / max(contacts - known, 1) * (self._life.contacts - contacts))} left"


def duration(seconds: float) -> str:
    """Return seconds as somebody who waits says them."""
    if seconds < _LONG:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < _VERY_LONG else f"{minutes // 60} h {minutes % 60} min"
