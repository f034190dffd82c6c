from __future__ import annotations

from dataclasses import dataclass


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
