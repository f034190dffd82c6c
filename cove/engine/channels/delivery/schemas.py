from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, Field

from cove.engine.channels.delivery.contracts import Per, State
from cove.kernel.http.shapes import NamedId
from cove.kernel.http.times import Moment

Clock = Field(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$|^$")
MOST = 10_000


class DeliveryFilters(BaseModel):
    """What the list is narrowed to. `since` and `until` are about when an act was ordered."""

    state: State | None = None
    kind: str = Field("", max_length=80)
    reason: str = Field("", max_length=80)
    channel: str = Field("", max_length=40)
    purpose: Literal["", "service", "marketing"] = ""
    heard: str = Field("", max_length=40)
    contact_id: int | None = Field(None, ge=1, lt=2**63)
    since: Moment | None = None
    until: Moment | None = None


class CauseStep(BaseModel):
    """One step of why something was done: what happened, and the rule of ours that saw it."""

    fact: str
    rule: str


class DeliveryAnswer(BaseModel):
    """One outward act: what, for whom, how it ended, and in words why it did not happen or why nobody knows.

    `contact` is empty where the reader may not see him. `due_at` is when a waiting act is tried next. `heard` is what the platform said
    later. `again`: it can be sent again.
    """

    id: int
    kind: str
    label: str
    channel: str
    channel_label: str
    purpose: str
    purpose_label: str
    contact: NamedId | None
    state: str
    state_label: str
    reason: str
    reason_label: str
    errcode: int | None
    attempts: int
    heard: str
    heard_label: str
    heard_at: datetime | None
    again: bool
    created_at: datetime
    due_at: datetime | None
    not_after: datetime | None
    finished_at: datetime | None


class DeliveryDetail(DeliveryAnswer):
    """The same with its causes, the first first, what was paid for it (`credits` of `tariff_label`), and why it cannot be sent again."""

    key: str
    credits: int
    tariff_label: str
    tariff_unit: str
    causes: list[CauseStep]
    why_not_again: str


class DeliveryChoice(BaseModel):
    value: str
    label: str


class DeliveryChoices(BaseModel):
    """What the list can be narrowed to."""

    states: list[DeliveryChoice]
    kinds: list[DeliveryChoice]
    reasons: list[DeliveryChoice]
    channels: list[DeliveryChoice]
    heard: list[DeliveryChoice]


class QuotaAnswer(BaseModel):
    """A platform's quota: how much of it is used in the window that ends at `until`."""

    key: str
    label: str
    most: int
    per: Per
    used: int
    until: datetime


class RulesChange(BaseModel):
    """Quiet hours as “22:00” in the company's time zone, both empty for none; caps are null for none."""

    quiet_from: str = Clock
    quiet_until: str = Clock
    quiet_then: Literal["wait", "refuse"] = "wait"
    most_a_day: int | None = Field(None, ge=1, le=MOST)
    most_a_week: int | None = Field(None, ge=1, le=MOST)
    most_a_month: int | None = Field(None, ge=1, le=MOST)


class RulesAnswer(RulesChange):
    """The rules as they are, the company's time zone, and how much of the platforms' quotas is used."""

    paused: bool
    timezone: str
    waiting: int
    quotas: list[QuotaAnswer]


class PauseChange(BaseModel):
    paused: bool
