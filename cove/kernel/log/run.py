"""The loop of the work process: one thread a consumer, woken when something came for it, looking every second anyway."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from functools import partial

import structlog
from django.db import close_old_connections, connection

from cove.kernel.database.deadlock import is_deadlock
from cove.kernel.log.consume import pour, step
from cove.kernel.log.looks import looks
from cove.kernel.log.reactions import Unreachable, consumers, sinks
from cove.kernel.log.waking import BACK_OFF_SECONDS, IDLE_SECONDS, Waking
from cove.kernel.log.wanted import Wanted
from cove.kernel.metrics import FACTS_CONSUMED

GATHERING_SECONDS = 0.1
FEW = 100
"""Of so few facts a turn costs more than what it does with them: it lets others gather before the next."""

log = structlog.get_logger(__name__)


class Consumers:
    """All consumers of this process. `start` returns at once; `stop` lets each finish its batch."""

    def __init__(self, dsn: str) -> None:
        self._waking = Waking(dsn)
        self._stopping = threading.Event()
        self._threads: list[threading.Thread] = []

    def start(self) -> None:
        """Start one thread for each consumer and one that listens for new facts."""
        for name, rules in consumers().items():
            self._spawn(name, partial(step, name, rules), partial(Wanted, kinds=rules))
        for sink in sinks:
            self._spawn(sink.name, partial(pour, sink), sink.wants or Wanted)
        listener = threading.Thread(target=self._waking.listen, args=[self._stopping], name="log-listener", daemon=True)
        listener.start()
        self._threads.append(listener)

    def stop(self, timeout: float = 10.0) -> None:
        """Ask every consumer to stop after its batch and wait up to `timeout` seconds for all of them."""
        self._stopping.set()
        self._waking.everybody()
        end = time.monotonic() + timeout
        for thread in self._threads:
            thread.join(max(0.0, end - time.monotonic()))

    def _spawn(self, name: str, turn: Callable[[], int], wants: Callable[[], Wanted]) -> None:
        wake = self._waking.add(wants)
        thread = threading.Thread(target=self._run, args=(name, turn, wake), name=f"consumer-{name}", daemon=True)
        thread.start()
        self._threads.append(thread)

    def _run(self, name: str, turn: Callable[[], int], wake: threading.Event) -> None:
        away = False
        while not self._stopping.is_set():
            wake.clear()
            try:
                passed = turn()
            except Unreachable as error:  # said once, however long it lasts
                if not away:
                    log.warning("consumer waits for what is away", consumer=name, error=str(error.__cause__ or error))
                away = True
                self._stopping.wait(BACK_OFF_SECONDS)
                continue
            except Exception as error:  # a consumer must outlive whatever befell one batch
                if is_deadlock(error):
                    # Consumers hold people in the order of their facts, so two may meet; the one that gave way does it again.
                    log.info("consumer gave way", consumer=name)
                    self._stopping.wait(GATHERING_SECONDS)
                    continue
                log.exception("consumer stumbled", consumer=name)
                looks.forget()
                close_old_connections()
                connection.close()
                self._stopping.wait(BACK_OFF_SECONDS)
                continue
            if away:
                away = False
                log.warning("consumer goes on", consumer=name)
            if passed:
                FACTS_CONSUMED.labels(consumer=name).inc(passed)
                self._stopping.wait(GATHERING_SECONDS if passed < FEW else 0)
            else:
                wake.wait(IDLE_SECONDS)
        connection.close()
