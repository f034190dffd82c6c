"""The loop of the work process: one thread a consumer, woken by the log, looking every second anyway."""

from __future__ import annotations

import threading
from collections.abc import Callable

import psycopg
import structlog
from django.db import close_old_connections, connection

from cove.kernel.log.consume import pour, step
from cove.kernel.log.publish import WAKE_CHANNEL
from cove.kernel.log.reactions import consumers, sinks
from cove.kernel.metrics import FACTS_CONSUMED

IDLE_SECONDS = 1.0
BACK_OFF_SECONDS = 2.0

log = structlog.get_logger(__name__)


class Consumers:
    """All consumers of this process. `start` returns at once; `stop` lets each finish its batch."""

    def __init__(self, dsn: str) -> None:
        self._dsn = dsn
        self._stopping = threading.Event()
        self._wakes: list[threading.Event] = []
        self._threads: list[threading.Thread] = []

    def start(self) -> None:
        """Start one thread for each consumer and one that listens for new facts."""
        for name, rules in consumers().items():
            self._spawn(name, lambda name=name, rules=rules: step(name, rules))  # type: ignore[misc]  # bound early on purpose
        for sink in sinks:
            self._spawn(sink.name, lambda sink=sink: pour(sink))  # type: ignore[misc]  # same
        listener = threading.Thread(target=self._listen, name="log-listener", daemon=True)
        listener.start()
        self._threads.append(listener)

    def stop(self, timeout: float = 10.0) -> None:
        """Ask every consumer to stop after its batch and wait up to `timeout` seconds for each."""
        self._stopping.set()
        self._wake_all()
        for thread in self._threads:
            thread.join(timeout)

    def _spawn(self, name: str, turn: Callable[[], int]) -> None:
        wake = threading.Event()
        self._wakes.append(wake)
        thread = threading.Thread(target=self._run, args=(name, turn, wake), name=f"consumer-{name}", daemon=True)
        thread.start()
        self._threads.append(thread)

    def _run(self, name: str, turn: Callable[[], int], wake: threading.Event) -> None:
        while not self._stopping.is_set():
            wake.clear()
            try:
                passed = turn()
            except Exception:  # a consumer must outlive whatever befell one batch
                log.exception("consumer stumbled", consumer=name)
                close_old_connections()
                connection.close()
                self._stopping.wait(BACK_OFF_SECONDS)
                continue
            if passed:
                FACTS_CONSUMED.labels(consumer=name).inc(passed)
            else:
                wake.wait(IDLE_SECONDS)
        connection.close()

    def _listen(self) -> None:
        while not self._stopping.is_set():
            try:
                with psycopg.connect(self._dsn, autocommit=True) as listening:
                    listening.execute(f"LISTEN {WAKE_CHANNEL}")
                    while not self._stopping.is_set():
                        for _ in listening.notifies(timeout=IDLE_SECONDS, stop_after=1):
                            self._wake_all()
            except psycopg.Error:
                log.warning("cannot listen to the log, looking every second instead", exc_info=True)
                self._stopping.wait(BACK_OFF_SECONDS)

    def _wake_all(self) -> None:
        for wake in self._wakes:
            wake.set()
