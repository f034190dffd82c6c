"""What people allow, and what becomes of their data."""

from __future__ import annotations

from typing import ClassVar

from cove.kernel.log.fact import Fact
from cove.kernel.words import Words


class ConsentGiven(
    Fact,
    kind="privacy.consent_given",
    label=Words("同意", "Consent given"),
    caption=Words(
        "同意「{purpose_name}」（文本第 {version} 版）", "Agreed to “{purpose_name}” (text version {version})"
    ),
):
    impersonal: ClassVar[frozenset[str]] = frozenset({"purpose", "purpose_name"})

    contact_id: int
    member_id: int | None = None
    source: str
    purpose: str
    purpose_name: str
    version: int


class ConsentWithdrawn(
    Fact,
    kind="privacy.consent_withdrawn",
    label=Words("撤回同意", "Consent withdrawn"),
    caption=Words("撤回对「{purpose_name}」的同意", "Withdrew the consent to “{purpose_name}”"),
):
    impersonal: ClassVar[frozenset[str]] = frozenset({"purpose", "purpose_name"})

    contact_id: int
    member_id: int | None = None
    source: str
    purpose: str
    purpose_name: str
    version: int


class ChannelUnsubscribed(
    Fact,
    kind="privacy.channel_unsubscribed",
    label=Words("退订", "Unsubscribed"),
    caption=Words("退订{channel_here}", "Unsubscribed from {channel_here}"),
):
    """The person does not want to be reached by `channel` for anything but service."""

    impersonal: ClassVar[frozenset[str]] = frozenset({"channel"})

    contact_id: int
    member_id: int | None = None
    source: str
    channel: str


class ChannelResubscribed(
    Fact,
    kind="privacy.channel_resubscribed",
    label=Words("恢复订阅", "Subscribed again"),
    caption=Words("恢复订阅{channel_here}", "Subscribed again to {channel_here}"),
):
    impersonal: ClassVar[frozenset[str]] = frozenset({"channel"})

    contact_id: int
    member_id: int | None = None
    source: str
    channel: str


class PersonExported(
    Fact,
    kind="privacy.person_exported",
    label=Words("导出个人数据", "Personal data handed out"),
    caption=Words("导出了该客户的个人数据", "The contact's personal data was handed out"),
):
    contact_id: int
    member_id: int | None = None
    source: str = "console"


class ErasureAsked(
    Fact,
    kind="privacy.erasure_asked",
    label=Words("申请删除", "Erasure asked for"),
    caption=Words("申请删除该客户的个人数据", "The erasure of this contact was asked for"),
):
    contact_id: int
    member_id: int | None = None
    source: str = "console"


class ErasureCancelled(
    Fact,
    kind="privacy.erasure_cancelled",
    label=Words("撤销删除", "Erasure called off"),
    caption=Words("撤销了删除申请", "The erasure was called off"),
):
    contact_id: int
    member_id: int | None = None
    source: str = "console"


class PersonErased(
    Fact,
    kind="privacy.person_erased",
    label=Words("个人数据已删除", "A person was erased"),
):
    """Somebody's erasure is finished; it does not say whose."""

    on_timeline: ClassVar[bool] = False

    erasure_id: int
    source: str = "console"


class ErasedPersonReturned(
    Fact,
    kind="privacy.erased_person_returned",
    label=Words("曾被删除的人再次出现", "An erased person came back"),
    caption=Words(
        "此人的数据曾按要求删除；这是一个没有历史的新联系人，请重新征求同意",
        "This person was erased before; this is a new contact without history, ask for consent anew",
    ),
):
    """Somebody who was erased became a contact anew: nothing of before is joined to him."""

    contact_id: int
    source: str


class RetentionChanged(
    Fact,
    kind="privacy.retention_changed",
    label=Words("保留期限已更改", "Retention changed"),
):
    """A company decided anew how long some classes of data are kept."""

    on_timeline: ClassVar[bool] = False

    classes: list[str]
    member_id: int | None = None
    source: str = "console"
