"""What every desk of the past writes with."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import NamedTuple

from cove.kernel.log.fact import Fact
from cove.launch.demo.bulk.scribe import Scribe
from cove.launch.demo.life.lives import Life
from cove.launch.demo.life.outreach import Passage
from cove.launch.demo.life.plan import Plan


class Entry(NamedTuple):
    """Something that passed, with whose it is."""

    what: Passage
    life: Life
    contact_id: int


Does = Mapping[str, Callable[[Entry], None]]
"""By what passed, what lays it."""


class Book:
    """Facts go to the scribe; numbers come from where they were set aside, in the order of time."""

    def __init__(self, scribe: Scribe, plan: Plan, numbers: dict[str, int]) -> None:
        self.scribe, self.plan, self._next = scribe, plan, numbers
        self.ground = scribe.ground
        self.tenant_id, self.channels = self.ground.tenant_id, self.ground.channels

    def tell(self, fact: Fact, at: datetime) -> None:
        """Write a fact of a moment."""
        self.scribe.tell(fact, at)

    def number(self, what: str) -> int:
        """Return the next number of those set aside."""
        found = self._next[what]
        self._next[what] = found + 1
        return found

    def name(self, entry: Entry) -> str:
        """Return what names the message that an entry is or belongs to, in all the company."""
        return f"demo:{self.plan.name(entry.life.number, entry.what.name)[:24]}"
