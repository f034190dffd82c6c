from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import BaseModel

LevelName = Literal["ok", "warning", "broken", "unknown"]


class FindingAnswer(BaseModel):
    """What is wrong, since when, and what to do about it."""

    level: LevelName
    text: str
    remedy: str
    since: datetime


class CheckAnswer(BaseModel):
    """One question to a channel; `label` says what is well, `level` is ``unknown`` before it was asked."""

    key: str
    label: str
    level: LevelName
    checked_at: datetime | None
    findings: list[FindingAnswer]


class AbilityQuota(BaseModel):
    """How much of a quota is used in its window, which ends at `until`."""

    label: str
    used: int
    most: int
    per: str
    until: datetime


class AbilityAnswer(BaseModel):
    """Something a channel can do. `usable` null: it cannot be asked.

    `left` of `most` is what the platform told of its own quota, `approved` of `most` how much it approved of what was handed in.
    """

    key: str
    label: str
    usable: bool | None
    trouble: str
    remedy: str
    left: int | None
    approved: int | None
    most: int | None
    quotas: list[AbilityQuota]


class ChannelHealth(BaseModel):
    """One channel; `path` is where it is set up. What is not in use is not looked at."""

    key: str
    label: str
    path: str
    in_use: bool
    level: LevelName
    checks: list[CheckAnswer]
    abilities: list[AbilityAnswer]


class HealthAnswer(BaseModel):
    examined_at: datetime | None
    channels: list[ChannelHealth]


class ExaminationStarted(BaseModel):
    job_id: int
