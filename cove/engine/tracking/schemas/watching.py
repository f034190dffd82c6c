from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel


class WatchBegun(BaseModel):
    """`again`: the page that asks looks already, and goes on."""

    again: bool = False


class WatchAnswer(BaseModel):
    """Events are shown for `seconds`; a page that still looks asks again before."""

    seconds: int


class PlanFindingAnswer(BaseModel):
    """How an event that came differs from the plan in force; `expected` in the plan's own words."""

    kind: str
    property: str
    expected: str


class SightingAnswer(BaseModel):
    """An event as the collector judged it, with what the plan says of it. `left_out` came before it, too many to be shown."""

    id: int
    type: str
    name: str
    message_id: str
    at: datetime
    verdict: Literal["accepted", "noted", "refused"]
    code: str
    message: str
    fields: dict[str, str]
    properties: dict[str, Any]
    findings: list[PlanFindingAnswer]
    left_out: int


class SightingsAnswer(BaseModel):
    """Newest first. `watched`: somebody looks; if not, nothing more will come."""

    items: list[SightingAnswer]
    watched: bool
