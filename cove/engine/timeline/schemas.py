from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import BaseModel


class HappeningSource(BaseModel):
    kind: str
    label: str


class HappeningCause(BaseModel):
    """Why it happened: the fact that caused it (`label`) and the rule that saw that fact in plain words (`caption`, may be empty)."""

    kind: str
    label: str
    caption: str


class HappeningMember(BaseModel):
    id: int
    name: str


class HappeningAnswer(BaseModel):
    """One line of a timeline. `anonymous`: it happened before it was known who the visitor was. Numbers beyond 2^53 are texts."""

    id: int
    kind: str
    label: str
    caption: str
    at: datetime
    recorded_at: datetime
    source: HappeningSource
    cause: HappeningCause | None
    member: HappeningMember | None
    properties: dict[str, Any]
    anonymous: bool


class UtmAnswer(BaseModel):
    source: str
    medium: str
    campaign: str
    content: str
    term: str


class FirstTouchAnswer(BaseModel):
    at: datetime
    utm: UtmAnswer
    referrer: str | None


class FirstTouchFrame(BaseModel):
    """The first touch, or null for whoever was never seen on the web."""

    first_touch: FirstTouchAnswer | None
