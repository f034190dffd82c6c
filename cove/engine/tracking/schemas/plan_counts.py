from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import BaseModel

from cove.engine.tracking.schemas.plan import BreachKind, Name


class BreachSample(BaseModel):
    """What came; `got` is the value, or the properties of an event that is in no plan."""

    at: datetime
    message_id: str
    source_id: int | None
    expected: str
    got: Any


class BreachAnswer(BaseModel):
    """One way in which events broke the plan. `days` counts day by day, oldest first. `event` is empty where names were too many.

    `planned`: the event is in the plan being written.
    """

    event: str
    property: str
    kind: BreachKind
    planned: bool
    count: int
    last_at: datetime
    days: list[int]
    samples: list[BreachSample]


class BreachesAnswer(BaseModel):
    items: list[BreachAnswer]
    more: bool


class WhatCame(BaseModel):
    """Which of the things that came should be in the plan: an event, one of its properties, or a choice of that."""

    kind: BreachKind
    event: Name
    property: Name = ""
