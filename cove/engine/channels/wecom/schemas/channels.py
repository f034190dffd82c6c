from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, Field

from cove.engine.channels.wecom.contracts.shown import ShownAttachment
from cove.engine.channels.wecom.contracts.tools import Tool
from cove.kernel.http.shapes import NamedId

# As the platform writes them: `wm…` a WeChat user, `wo…` a WeCom user (document 92114).
ExternalUserid = Annotated[str, Field(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9_-]+$")]


class WecomState(BaseModel):
    """How the channel is doing; `problem` says in words what keeps it from working."""

    last_callback_at: datetime | None
    verified_at: datetime | None
    last_sync_at: datetime | None
    members: int
    customers: int
    problem: str | None


class WecomChannel(BaseModel):
    """The channel's settings; secrets are never given back, only whether they are set.

    `sign_in`: members may sign in by WeCom; `trusted_domain` is what must be entered at the platform for it, `sign_in_url` the
    application's home page there, `sidebar_url` the page in the toolbar of its chats.
    """

    configured: bool
    corp_id: str
    agent_id: str
    base_url: str
    secret_set: bool
    callback_url: str
    callback_token_set: bool
    aes_key_set: bool
    sign_in: bool
    trusted_domain: str
    sign_in_url: str
    sidebar_url: str
    state: WecomState


class WecomSignInOffer(BaseModel):
    """Whether the sign-in page shows the way by WeCom."""

    offered: bool


class WecomSignInChange(BaseModel):
    sign_in: bool


class WecomChange(BaseModel):
    """Secrets are write-only; a secret left out keeps its value."""

    corp_id: str = Field(max_length=64)
    agent_id: str = Field("", max_length=32)
    base_url: str = Field("", max_length=300)
    secret: str | None = Field(None, max_length=200)
    callback_token: str | None = Field(None, max_length=64)
    aes_key: str | None = Field(None, max_length=64)


class ChannelCheck(BaseModel):
    key: str
    ok: bool
    label: str
    remedy: str


class ChannelChecks(BaseModel):
    checks: list[ChannelCheck]


class JobStarted(BaseModel):
    job_id: int


class PageSignature(BaseModel):
    """What `wx.config` (`signature`) and `wx.agentConfig` (`agent_signature`) are given."""

    corp_id: str
    agent_id: str
    timestamp: int
    nonce: str
    signature: str
    agent_signature: str


class KnownCustomer(BaseModel):
    """Who a customer of WeCom is here: null for one who is not known, or not to the reader."""

    contact_id: int | None


class CustomerAsked(BaseModel):
    external_userid: ExternalUserid


class CustomerGroup(BaseModel):
    """A customer group; `people` counts all in it, `customers` those from outside. `owner` is null while we do not know the member."""

    id: int
    name: str
    owner: NamedId | None
    notice: str
    people: int
    customers: int
    made_at: datetime
    dismissed_at: datetime | None


class CustomerGroupPerson(BaseModel):
    """Somebody who is or was in a group. `friend`: a customer of ours; `way`: 1 invited, 2 by a link, 3 by a code, 0 unknown.

    `way_name` is what we call the code by which he came, empty for others.
    """

    id: int
    name: str
    member: bool
    contact_id: int | None
    friend: bool
    way: int
    way_name: str
    joined_at: datetime
    left_at: datetime | None


class WecomToolAnswer(BaseModel):
    """Something kept at WeCom; `tool` is what was asked for last, `members` and `groups` those of them whom the reader may see.

    `attachments`: what a welcome carries, with its file.

    `state`: waiting, made, failed (`reason` says why), removing. `customers`: how many a link had brought when it was last read.
    """

    id: int
    kind: str
    name: str
    tool: Tool
    members: list[NamedId]
    groups: list[NamedId]
    attachments: list[ShownAttachment]
    state: str
    reason: str
    errcode: int | None
    url: str
    customers: int | None
    changed_at: datetime


class WecomLinkCustomer(BaseModel):
    """A contact who came by a link; `wrote` is null where the platform does not know."""

    contact: NamedId
    wrote: bool | None


class WecomLinkCustomers(BaseModel):
    """Who came by a link; `total` counts those as well whom the reader may not see."""

    total: int
    items: list[WecomLinkCustomer]


class WecomKfAccountAnswer(BaseModel):
    """An account of customer service; `reason` says why its servicers could not be changed."""

    id: int
    name: str
    servicers: list[NamedId]
    reason: str


class WecomServicers(BaseModel):
    """Who serves an account from now on."""

    member_ids: list[int] = Field(max_length=500)


class WecomArchive(BaseModel):
    """Whether conversations are taken over; `read_at` is when something was last found there."""

    on: bool
    read_at: datetime | None


class WecomArchiveChange(BaseModel):
    on: bool


class MemberActivity(BaseModel):
    """What a member did with customers in a span of days. `reply_share` is in percent, `reply_minutes` until the first answer."""

    member: NamedId
    applications: int
    added: int
    chats: int
    messages: int
    reply_share: float | None
    reply_minutes: float | None
    lost: int
