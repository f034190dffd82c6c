from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from pydantic import BaseModel, Field, StringConstraints

from cove.engine.channels.wecom.contracts.contents import MOST_ATTACHMENTS, Attachment
from cove.engine.channels.wecom.contracts.shown import ShownAttachment
from cove.kernel.http.shapes import NamedId

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]
UtmText = Annotated[str, StringConstraints(strip_whitespace=True, max_length=100)]


class Utm(BaseModel):
    source: UtmText = ""
    medium: UtmText = ""
    campaign: UtmText = ""
    content: UtmText = ""
    term: UtmText = ""


class MemberShare(BaseModel):
    """A member behind a code and his weight, 1 to 100: of the visits, he gets weight / sum of weights."""

    member_id: int
    weight: int = Field(1, ge=1, le=100)


class NewLiveCode(BaseModel):
    name: Name
    members: list[MemberShare] = Field(min_length=1, max_length=100)
    tag_ids: list[int] = Field(default_factory=list, max_length=100)
    welcome_text: str = Field("", max_length=4000)
    welcome_attachments: list[Attachment] = Field(default_factory=list, max_length=MOST_ATTACHMENTS)
    utm: Utm = Field(default_factory=Utm)


class LiveCodeChange(BaseModel):
    """What to change; what is left out stays."""

    name: Name | None = None
    members: list[MemberShare] | None = Field(None, min_length=1, max_length=100)
    tag_ids: list[int] | None = Field(None, max_length=100)
    welcome_text: str | None = Field(None, max_length=4000)
    welcome_attachments: list[Attachment] | None = Field(None, max_length=MOST_ATTACHMENTS)
    utm: Utm | None = None


class CodeMemberAnswer(BaseModel):
    """A member behind a code. `ready` is false until WeCom has made his contact way; `trouble` says why it could not."""

    id: int
    name: str
    weight: int
    ready: bool
    trouble: str | None = None


class FiguresAnswer(BaseModel):
    """Since the code was made: times opened, friendships begun through it, and those of them that ended."""

    scans: int
    adds: int
    losses: int


class LiveCodeAnswer(BaseModel):
    """A code. `may` are the rights that the reader has over this very code."""

    id: int
    name: str
    slug: str
    short_url: str
    members: list[CodeMemberAnswer]
    tags: list[NamedId]
    welcome_text: str
    welcome_attachments: list[ShownAttachment]
    utm: Utm
    created_at: datetime
    created_by: NamedId | None
    deleted_at: datetime | None
    figures: FiguresAnswer
    may: list[str]


class TotalsAnswer(BaseModel):
    scans: int
    visitors: int
    adds: int
    losses: int
    net: int


class CodeDayAnswer(BaseModel):
    day: date
    scans: int
    visitors: int
    adds: int
    losses: int


class MemberFiguresAnswer(BaseModel):
    member: NamedId
    shown: int
    adds: int
    losses: int


class MetricAnswer(BaseModel):
    key: str
    label: str
    definition: str


class ReportAnswer(BaseModel):
    """A code's figures from one day to another, both included, in the tenant's calendar; `previous` is as long and ends the day before."""

    from_: date = Field(alias="from")
    to: date
    totals: TotalsAnswer
    previous: TotalsAnswer
    days: list[CodeDayAnswer]
    members: list[MemberFiguresAnswer]
    metrics: list[MetricAnswer]
