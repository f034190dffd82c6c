from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from cove.directory.people.contracts import BriefCard
from cove.engine.timeline.contracts import ToldFact


@dataclass(frozen=True, slots=True)
class FoundItem:
    """One hit: what to show, and the console's path to it."""

    title: str
    subtitle: str
    url: str


@dataclass(frozen=True, slots=True)
class FoundGroup:
    """The hits of one kind."""

    kind: str
    label: str
    items: list[FoundItem]


@dataclass(frozen=True, slots=True)
class Given:
    """A contact who was handed over: from whom, to whom, when and why. `id` is the number of the row."""

    id: int
    change_set_id: int
    card: BriefCard
    from_name: str
    to_name: str
    at: datetime
    why: str


@dataclass(frozen=True, slots=True)
class Brief:
    """What the next person should know of a contact: what happened last, the last notes, what is open."""

    given: Given
    facts: list[ToldFact]
    notes: list[ToldFact]
    open_matters: list[str]


@dataclass(frozen=True, slots=True)
class TransferBrief:
    """What a transfer gave: how much of each kind, what is waiting, and the contacts who were active last."""

    from_name: str
    to_names: list[str]
    at: datetime
    why: str
    counts: list[tuple[str, int]]
    waiting: list[str]
    top: list[Brief]
