from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, Field, StringConstraints

from cove.engine.channels.wecom.contracts.contents import MOST_ATTACHMENTS, TEXT_BYTES, Attachment, at_most
from cove.engine.channels.wecom.contracts.shown import ShownAttachment
from cove.engine.channels.wecom.contracts.states import MomentState
from cove.kernel.http.shapes import NamedId

MOST_MEMBERS = 500
MOST_TAGS = 100
Id = Annotated[int, Field(ge=1, lt=2**63)]


class NewMoment(BaseModel):
    """A moment: a text, and up to nine pictures, or one video, or one link with an uploaded picture.

    Without `member_ids` every member with customers gets it to publish; with `tag_ids` only customers who have one of them see it.
    """

    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]
    text: Annotated[str, StringConstraints(strip_whitespace=True), at_most(TEXT_BYTES)] = ""
    attachments: Annotated[list[Attachment], Field(max_length=MOST_ATTACHMENTS)] = []
    member_ids: Annotated[list[Id], Field(max_length=MOST_MEMBERS)] = []
    tag_ids: Annotated[list[Id], Field(max_length=MOST_TAGS)] = []


class MomentAnswer(BaseModel):
    """A moment and how far it has come; `senders` are whom it was given to by name (none: every member with customers).

    `state`: waiting (WeCom was not asked yet), asked (WeCom is making it), made (members have it), done, cancelled, failed (`reason`
    says why). `likes` and `comments` count those of colleagues and strangers as well.
    """

    id: int
    name: str
    state: MomentState
    reason: str
    errcode: int | None
    text: str
    attachments: list[ShownAttachment]
    senders: list[str]
    tags: list[NamedId]
    asked_by: NamedId | None
    asked_at: datetime
    read_at: datetime | None
    ends_at: datetime
    members: int
    published: int
    likes: int
    comments: int


class MomentMemberAnswer(BaseModel):
    """A member who has it to publish; `member` is null while we do not know him, `published_at` until he did."""

    id: int
    userid: str
    member: NamedId | None
    published_at: datetime | None
    likes: int
    comments: int


class MomentReactionAnswer(BaseModel):
    """A customer liked it or commented on it; null for those whom the reader may not see. The words are not told by WeCom."""

    id: int
    contact: NamedId | None
    member: NamedId | None
    form: Literal["like", "comment"]
    at: datetime


class MomentActed(BaseModel):
    """False: there was nothing to do, because members do not have it (any more)."""

    done: bool
