from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from pydantic import BaseModel, Field, StringConstraints


class TrafficCountAnswer(BaseModel):
    """Events and visitors, and how many of them were suspicious (a score of at least 50)."""

    events: int
    suspicious_events: int
    visitors: int
    suspicious_visitors: int


class TrafficDayAnswer(TrafficCountAnswer):
    day: date


class TrafficSourceAnswer(TrafficCountAnswer):
    """A source; `name` is empty if it is gone."""

    source_id: int
    name: str


class TrafficReasonAnswer(TrafficCountAnswer):
    """A reason: all events that have it, and those that were suspicious in the end. A decisive one needs no other beside it."""

    reason: str
    name: str
    explained: str
    decisive: bool


class TrafficReportAnswer(TrafficCountAnswer):
    days: list[TrafficDayAnswer]
    sources: list[TrafficSourceAnswer]
    reasons: list[TrafficReasonAnswer]


class TrafficReasonName(BaseModel):
    reason: str
    name: str
    explained: str


class TrafficContact(BaseModel):
    id: int
    name: str


class TrafficSampleAnswer(BaseModel):
    """A suspicious visitor at an address. `visitor` is his number as text, for a mark; `contact` who he is, if the reader sees him."""

    visitor: str
    device: str
    user_agent: str
    address: str
    source: str
    first_at: datetime
    last_at: datetime
    events: int
    score: int
    reasons: list[TrafficReasonName]
    pages: list[str]
    contact: TrafficContact | None


class TrafficSamplesAnswer(BaseModel):
    items: list[TrafficSampleAnswer]


class TrafficMarkAnswer(BaseModel):
    """An address or a device that is normal. `applied` says whether what it did before is put right yet."""

    id: int
    title: str
    address: str
    is_device: bool
    note: str
    made_by: str | None
    made_at: datetime
    applied: bool


class TrafficMarksAnswer(BaseModel):
    items: list[TrafficMarkAnswer]


class NewTrafficMark(BaseModel):
    """Either an address or a visitor's number, as a sample names them; `title` is what the device is called then."""

    address: Annotated[str, StringConstraints(strip_whitespace=True, max_length=45)] = ""
    visitor: Annotated[str, StringConstraints(pattern=r"^(0|[1-9][0-9]{0,18})?$")] = Field(
        default="", description="A number below 2^63, as text"
    )
    title: Annotated[str, StringConstraints(strip_whitespace=True, max_length=100)] = ""
    note: Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)] = ""
