"""Rounds: small work that is looked after again and again by the work process, such as what is due by now."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

import structlog
from django.db import close_old_connections, connection

from cove.kernel.registry import Registry

PAUSE_SECONDS = 1.0

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Round:
    """Work done every `seconds`. Several processes may do it at the same time, so it claims the rows that it takes."""

    name: str
    seconds: float
    work: Callable[[], None]


rounds: Registry[Round] = Registry("rounds", Round)


def every(name: str, *, seconds: float) -> Callable[[Callable[[], None]], Callable[[], None]]:
    """Do the decorated function every `seconds` in the work process; `name` is ``module.verb_noun``. Put it in the module's `jobs`."""

    def decorate(function: Callable[[], None]) -> Callable[[], None]:
        rounds.add(name, Round(name, seconds, function))
        return function

    return decorate


class Rounds:
    """The thread that makes the rounds. `start` returns at once; `stop` lets the one under way come to its end."""

    def __init__(self) -> None:
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="rounds", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self, timeout: float = 10.0) -> None:
        """End after the round that is under way, waiting up to `timeout` seconds."""
        self._stopping.set()
        self._thread.join(timeout)

    def _run(self) -> None:
        due = dict.fromkeys((one.name for one in rounds), 0.0)
        while not self._stopping.wait(PAUSE_SECONDS):
            for one in rounds:
                if self._stopping.is_set() or time.monotonic() < due[one.name]:
                    continue
                make(one)
                due[one.name] = time.monotonic() + one.seconds
            connection.close()


def make(one: Round) -> None:
    """Make one round; what goes wrong is logged and tried again next time."""
    try:
        one.work()
    except Exception:  # a round must outlive whatever befell it
        log.exception("a round stumbled", round=one.name)
        close_old_connections()
        connection.close()
