"""Waking consumers: at once those for whose kinds of fact something came. The others pass it when they look by themselves, once a second.

Every commit that writes facts tells so. What many commits tell within a moment is looked at once, and one look says which kinds came.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import psycopg
import structlog
from django.db import close_old_connections, connection

from cove.kernel.log.looks import Look, looks
from cove.kernel.log.publish import WAKE_CHANNEL
from cove.kernel.log.read import Mark, facts_are_hidden, newest_mark
from cove.kernel.log.wanted import STRIDE, Wanted

IDLE_SECONDS = 1.0
BACK_OFF_SECONDS = 2.0
GATHERING_SECONDS = 0.05
"""How long what comes is gathered after something came. The first after a silence waits for nothing."""

log = structlog.get_logger(__name__)


class Sleeper:
    """A consumer that sleeps: what wakes it, and what it wants of the log, asked once a second."""

    def __init__(self, wants: Callable[[], Wanted]) -> None:
        self.wake = threading.Event()
        self._wants, self._wanted = wants, Wanted()
        self._known_until = 0.0

    def heed(self, look: Look) -> None:
        """Wake up if something of what was looked at is wanted."""
        if self._known_until <= time.monotonic():
            self._wanted, self._known_until = self._wants(), time.monotonic() + IDLE_SECONDS
        wanted = self._wanted
        nobodys = wanted.tenants is not None and not wanted.tenants
        if not nobodys and (wanted.kinds is None or any(kind in look.places for kind in wanted.kinds)):
            self.wake.set()


class Waking:
    """Who is to be woken for what, and the listening to the log."""

    def __init__(self, dsn: str) -> None:
        self._dsn = dsn
        self._sleepers: list[Sleeper] = []
        self._passed = Mark()

    def add(self, wants: Callable[[], Wanted]) -> threading.Event:
        """Return what is set when something came that is wanted. May be set for nothing; `wants` is asked in the listening thread."""
        self._sleepers.append(Sleeper(wants))
        return self._sleepers[-1].wake

    def begin(self) -> None:
        """Pass all that may be read now, so that only what comes later wakes."""
        self._passed = newest_mark()

    def everybody(self) -> None:
        """Wake all."""
        for sleeper in self._sleepers:
            sleeper.wake.set()

    def listen(self, stopping: threading.Event) -> None:
        """Wake whom it concerns until `stopping` is set."""
        while not stopping.is_set():
            try:
                with psycopg.connect(self._dsn, autocommit=True) as listening:
                    listening.execute(f"LISTEN {WAKE_CHANNEL}")
                    self.begin()
                    self.everybody()
                    self._heed(listening, stopping)
            # Consumers are asked here what they want, and may fail in any way; a thread that ended would not be missed.
            except Exception:
                log.warning("cannot listen to the log, looking every second instead", exc_info=True)
                looks.forget()
                close_old_connections()
                connection.close()
                stopping.wait(BACK_OFF_SECONDS)
        connection.close()

    def _heed(self, listening: psycopg.Connection, stopping: threading.Event) -> None:
        hidden = False
        while not stopping.is_set():
            # What an older transaction still hides is not told again when that ends.
            for _ in listening.notifies(timeout=GATHERING_SECONDS if hidden else IDLE_SECONDS, stop_after=1):
                pass
            self.whom_it_concerns()
            hidden = facts_are_hidden()
            stopping.wait(GATHERING_SECONDS)

    def whom_it_concerns(self) -> None:
        """Wake those who want something of what came since the last call."""
        while look := looks.behind(self._passed, stride=STRIDE):
            self._passed = look.to
            for sleeper in self._sleepers:
                sleeper.heed(look)
