"""Counting by key over a sliding window, in bounded memory.

Two generations of counts, each as long as the window: what was counted in the last window is this one's count and the part of the previous
one's that the window still covers, taken as even. Close enough to see a burst, and one dictionary look-up each.
"""

from __future__ import annotations

from collections.abc import Hashable


class Window:
    """Counts over the last `seconds`. Holds at most twice `most` keys; a flood of keys makes it forget earlier, never grow."""

    __slots__ = ("_before", "_counts", "_most", "_seconds", "_since")

    def __init__(self, seconds: float, most: int) -> None:
        self._seconds = seconds
        self._most = most
        self._since = 0.0
        self._counts: dict[Hashable, int] = {}
        self._before: dict[Hashable, int] = {}

    def add(self, key: Hashable, now: float, times: int = 1) -> float:
        """Count `key` so many times more and return its count in the window that ends `now` (seconds since 1970): `times` if it is new."""
        passed = now - self._since
        if not 0.0 <= passed < self._seconds or len(self._counts) >= self._most:
            passed = self._turn(now, passed)
        count = self._counts[key] = self._counts.get(key, 0) + times
        before = self._before.get(key)
        return count + before * (1.0 - passed / self._seconds) if before else count

    def __len__(self) -> int:
        return len(self._counts) + len(self._before)

    def _turn(self, now: float, passed: float) -> float:
        """Begin the next generation and return how long it lasts already."""
        if passed < 0 and len(self._counts) < self._most:
            # The clock stepped back: what was counted stays, and the window begins anew.
            self._since = now
            return 0.0
        self._before = {} if passed >= 2 * self._seconds else self._counts
        self._counts = {}
        self._since = self._since + self._seconds if self._seconds <= passed < 2 * self._seconds else now
        return now - self._since
