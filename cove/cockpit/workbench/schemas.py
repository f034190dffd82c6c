from __future__ import annotations

from pydantic import BaseModel


class FoundItem(BaseModel):
    """One hit: what to show, and the console's path to it."""

    title: str
    subtitle: str
    url: str


class FoundGroup(BaseModel):
    kind: str
    label: str
    items: list[FoundItem]


class SearchAnswer(BaseModel):
    groups: list[FoundGroup]
