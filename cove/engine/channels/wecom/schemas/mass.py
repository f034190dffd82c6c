from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, Field, StringConstraints

from cove.engine.channels.wecom.contracts.aims import MassAim
from cove.engine.channels.wecom.contracts.contents import MOST_ATTACHMENTS, TEXT_BYTES, Attachment, at_most
from cove.engine.channels.wecom.contracts.shown import ShownAttachment
from cove.engine.channels.wecom.contracts.states import MassRule, MassState
from cove.kernel.http.shapes import NamedId


class WecomMassRule(BaseModel):
    """month: as many mass messages a month as it has days; week: seven a week; day: one a day."""

    rule: MassRule


class MassPreviewAsked(BaseModel):
    contact_ids: list[int] = Field(max_length=10_000)


class MassLeftOut(BaseModel):
    """Contacts whom a mass message would not reach; `reason` is a code, `label` says it in words."""

    reason: str
    label: str
    contact_ids: list[int]


class MassPreview(BaseModel):
    """How many of the contacts it would reach, and whom not; those whom the reader may not see are not counted."""

    reached: int
    left_out: list[MassLeftOut]


class NewMass(BaseModel):
    """A mass message; each customer's member sends it, or all by the member `sender_id`. Groups get it from their owners."""

    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]
    text: Annotated[str, StringConstraints(strip_whitespace=True), at_most(TEXT_BYTES)] = ""
    attachments: Annotated[list[Attachment], Field(max_length=MOST_ATTACHMENTS)] = []
    aim: MassAim
    sender_id: int | None = None


class MassReachAsked(BaseModel):
    aim: MassAim
    sender_id: int | None = None


class MassReason(BaseModel):
    reason: str
    label: str
    count: int


class MassReach(BaseModel):
    """How many an aim finds (`exact`: not more than may be chosen), how many a message would reach now, and of the others why not."""

    found: int
    exact: bool
    reached: int
    left_out: list[MassReason]


class MassAnswer(BaseModel):
    """A mass message and how far it has come. `waiting`, `sent` and `failed` count customers (single) or groups (group).

    `state`: waiting (WeCom is about to make it), made (members have it), done, cancelled, failed (`reason` says why).
    """

    id: int
    name: str
    kind: Literal["single", "group"]
    state: MassState
    reason: str
    errcode: int | None
    text: str
    attachments: list[ShownAttachment]
    asked_by: NamedId | None
    asked_at: datetime
    made_at: datetime | None
    read_at: datetime | None
    ends_at: datetime
    reminded_at: datetime | None
    reminder: str
    members: int
    members_sent: int
    waiting: int
    sent: int
    failed: list[MassReason]


class MassMemberAnswer(BaseModel):
    """A member who has it to confirm; `member` is null while we do not know him, `sent_at` until he sent it."""

    id: int
    userid: str
    member: NamedId | None
    sent_at: datetime | None


class MassResultAnswer(BaseModel):
    """What became of one customer or group; both are null for those whom the reader may not see."""

    id: int
    contact: NamedId | None
    group: NamedId | None
    member: NamedId | None
    state: Literal["waiting", "sent", "failed"]
    reason: str
    sent_at: datetime | None


class MassActed(BaseModel):
    """False: there was nothing to do, because it is not under way (any more)."""

    done: bool
