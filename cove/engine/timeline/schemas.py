from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field

from cove.kernel.http.times import Day, Moment
from cove.kernel.paging import Page


class TimelineAsked(BaseModel):
    """What of a timeline, from where on. `kind` and `source` may name several, with commas. Days are those of the company's calendar.

    `since` and `first_day` are included, `until` is not, `last_day` is. `day` begins with that day; what came after it is newer.
    """

    kind: Annotated[str, Field(max_length=1000)] = ""
    source: Annotated[str, Field(max_length=200)] = ""
    since: Moment | None = None
    until: Moment | None = None
    first_day: Day | None = None
    last_day: Day | None = None
    text: Annotated[str, Field(max_length=100)] = ""
    unsuspicious: bool = False
    day: Day | None = None
    cursor: str | None = None
    direction: Literal["older", "newer"] = "older"
    limit: int = 50


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


class DoubtAnswer(BaseModel):
    """A reason for which it may have been no customer: what it is called, and what it means (may be empty)."""

    name: str
    meaning: str


class HappeningAnswer(BaseModel):
    """One line of a timeline. `anonymous`: it happened before it was known who the visitor was. Numbers beyond 2^53 are texts.

    `visit` is the same for behaviour of one visit (page views and what belongs to them): such lines that follow each other can be
    shown as one. `way` is what the channel group is called by which a page view came about, null where it says nothing (direct, own site).
    `suspicion` says from 0 to 100 how likely it was no customer, `doubts` why; these are empty below 50.
    """

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
    visit: str | None
    way: str | None
    suspicion: int
    doubts: list[DoubtAnswer]


class TimelineAnswer(Page[HappeningAnswer]):
    """A page, newest first. `next_cursor` leads to what is older; `newer_cursor`, with `direction=newer`, to what is newer."""

    newer_cursor: str | None = None


class Choice(BaseModel):
    """Something to choose: `key` is what a filter takes."""

    key: str
    label: str


class KindChoice(BaseModel):
    kind: str
    label: str


class KindGroup(BaseModel):
    key: str
    label: str
    kinds: list[KindChoice]


class TimelineChoices(BaseModel):
    """What a timeline can be narrowed to."""

    groups: list[KindGroup]
    sources: list[Choice]


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
