"""Rounds: what is looked after by itself, every minute or every night, in the work process."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import structlog

from cove.kernel.registry import Registry

Pace = Literal["minute", "night"]

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Round:
    """Something that is looked after at a pace. `work` finds the tenants itself and starts jobs; it is quick."""

    name: str
    pace: Pace
    work: Callable[[], None]


rounds: Registry[Round] = Registry("rounds", Round)


def each(pace: Pace, name: str) -> Callable[[Callable[[], None]], Callable[[], None]]:
    """Call the decorated function every minute, or every night at half past three (UTC+8)."""

    def decorate(function: Callable[[], None]) -> Callable[[], None]:
        rounds.add(name, Round(name, pace, function))
        return function

    return decorate


def go_round(pace: Pace) -> None:
    """Make the rounds of one pace; one that stumbles does not keep the others from theirs."""
    for one in rounds:
        if one.pace == pace:
            try:
                one.work()
            except Exception:
                log.exception("a round stumbled", round=one.name)
