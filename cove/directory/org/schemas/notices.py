from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, Field

from cove.kernel.http.times import Moment

Way = Literal["bell", "wecom", "mail"]
Mode = Literal["now", "daily", "off"]
Clock = Field(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$|^$")


class NoticeSent(BaseModel):
    """How a notice went out by one way; `reason` says in words why it did not arrive."""

    way: Way
    state: str
    state_label: str
    reason: str
    due_at: datetime


class NoticeAnswer(BaseModel):
    """One notice in the reader's language; `more` were folded into it, `url` is where its record is."""

    id: int
    kind: str
    label: str
    title: str
    text: str
    url: str
    urgent: bool
    more: int
    more_label: str
    created_at: datetime
    read_at: datetime | None
    sent: list[NoticeSent]


class NoticeCount(BaseModel):
    unread: int


class NoticeKindAnswer(BaseModel):
    kind: str
    label: str


class NoticeKindsAnswer(BaseModel):
    items: list[NoticeKindAnswer]


class NoticesRead(BaseModel):
    """Mark all as read, or those that were there at `until`."""

    until: Moment | None = None


class NoticeWays(BaseModel):
    """One row of the matrix: the mode of each way, and the modes to choose from."""

    kind: str
    label: str
    urgent: bool
    modes: dict[Way, Mode]
    choices: dict[Way, list[Mode]]


class NoticeTimes(BaseModel):
    """Quiet hours as “22:00” (both empty for none), the hour of the daily mail, and whether the bell sounds."""

    quiet_from: str = Clock
    quiet_until: str = Clock
    digest_hour: int = Field(ge=0, le=23)
    sound: bool


class NoticeChoices(BaseModel):
    """How the member is told. `wecom` and `mail`: whether he can be reached that way at all."""

    kinds: list[NoticeWays]
    times: NoticeTimes
    wecom: bool
    mail: bool


class NoticeChoicesChange(BaseModel):
    """What is left out stays as it is."""

    modes: dict[str, dict[Way, Mode]] = Field(default_factory=dict, max_length=500)
    times: NoticeTimes | None = None
