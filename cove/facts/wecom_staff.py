"""What a company's own members do at WeCom: they answer cards, and their customer groups change hands."""

from __future__ import annotations

from typing import ClassVar

from cove.kernel.log.fact import Fact
from cove.kernel.words import Words


class GroupHandedOver(
    Fact,
    kind="wecom_staff.group_handed_over",
    label=Words("客户群交接", "Customer group handed over"),
    caption=Words(
        "客户群 {group_name} 由 {from_name} 交接给 {member_name}",
        "The customer group {group_name} went from {from_name} to {member_name}",
    ),
):
    """A group was handed over here; the platform is asked to make it so."""

    on_timeline: ClassVar[bool] = False
    impersonal: ClassVar[frozenset[str]] = frozenset({"group_name", "member_name", "from_name"})

    member_id: int
    member_name: str
    source: str = "wecom"
    from_id: int
    from_name: str
    group_id: int
    group_name: str


class GroupTransferRefused(
    Fact,
    kind="wecom_staff.group_transfer_refused",
    label=Words("客户群转让失败", "Transfer of a group refused"),
    caption=Words(
        "客户群 {group_name} 未能转让（{reason_here}），仍归原群主",
        "The customer group {group_name} was not transferred ({reason_here}) and stays with its owner",
    ),
):
    """The platform did not make `member_id` the owner; `reason` is a code of `cove.facts.delivery.REASONS`."""

    on_timeline: ClassVar[bool] = False
    impersonal: ClassVar[frozenset[str]] = frozenset({"group_name", "reason"})

    member_id: int
    source: str = "wecom"
    from_id: int
    group_id: int
    group_name: str
    reason: str
    errcode: int | None = None


class CardPressed(
    Fact,
    kind="wecom_staff.card_pressed",
    label=Words("成员处理卡片", "Card answered"),
    caption=Words("在卡片「{title}」中选择 {button_text}", "Chose {button_text} on the card “{title}”"),
):
    """A member pressed a button of a card that Cove sent him (template_card_event). Only his first press of a card is told.

    `key` is what the card was sent under, `cause` what for, as ``noun:number``.
    """

    on_timeline: ClassVar[bool] = False
    impersonal: ClassVar[frozenset[str]] = frozenset({"title", "button_text", "button", "cause", "key"})

    member_id: int
    source: str = "wecom"
    key: str
    title: str
    button: str
    button_text: str
    cause: str = ""
