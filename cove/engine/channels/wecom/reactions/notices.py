"""What members are told of WeCom, and the way by which they are told of anything."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cove.directory.org import facade as org
from cove.directory.people import facade as people
from cove.engine.channels.delivery import facade as delivery
from cove.engine.channels.wecom.commands.channels import note_refusal
from cove.engine.channels.wecom.permissions import CONFIGURE
from cove.engine.channels.wecom.troubles import REFUSALS
from cove.facts.delivery import REASONS
from cove.facts.org import NoticeDue
from cove.facts.wecom import CallbackRefused, ChannelFailed, FriendRemoved
from cove.kernel.actor import Actor
from cove.kernel.log.fact import Envelope
from cove.kernel.log.reactions import react
from cove.kernel.notices import Values, is_news, notice_kind
from cove.kernel.words import Words


def _with_refusals(many: Sequence[Values]) -> list[dict[str, Any]]:
    return [{**values, "why": REFUSALS[values["reason"]].here()} for values in many]


def _with_reasons(many: Sequence[Values]) -> list[dict[str, Any]]:
    return [{**values, "why": REASONS[values["reason"]].here()} for values in many]


FRIEND_LOST = notice_kind(
    "wecom.friend_lost",
    "客户流失",
    "A customer left",
    title=Words("{contact_name} 把您删除了", "{contact_name} removed you"),
    body=Words("对方已从企业微信删除 {member_name}", "The customer removed {member_name} on WeCom"),
    url="/people/contacts/{contact_id}",
    wecom="now",
    may_see=people.sees_named_contact,
    fill=people.with_contact_names,
)

CALLBACKS_REFUSED = notice_kind(
    "wecom.callbacks_refused",
    "企业微信回调被拒绝",
    "WeCom's callbacks are refused",
    title=Words("企业微信的回调未能接收", "Callbacks of WeCom cannot be taken"),
    body=Words("收到了无法接收的回调：{why}", "A callback came that cannot be taken: {why}"),
    url="/settings/wecom",
    mail="now",
    folds=True,
    needs=CONFIGURE,
    fill=_with_refusals,
)

CHANNEL_FAILED = notice_kind(
    "wecom.channel_failed",
    "企业微信连接异常",
    "WeCom refuses our calls",
    title=Words("企业微信拒绝了我们的调用", "WeCom refuses our calls"),
    body=Words(
        "{why}。在恢复之前，欢迎语、标签与消息都无法送达",
        "{why}. Until it is set right no welcome, tag or message arrives",
    ),
    url="/settings/wecom",
    urgent=True,
    mail="now",
    folds=True,
    needs=CONFIGURE,
    fill=_with_reasons,
)


@react(NoticeDue)
def send_notices(actor: Actor, fact: NoticeDue, _envelope: Envelope) -> None:
    """Send notices as a message of our application."""
    if fact.way == "wecom" and fact.sending_ids:
        key = f"wecom.send_notice:{fact.sending_ids[0]}"
        delivery.deliver(actor, "wecom.send_notice", key, {"sending_ids": fact.sending_ids})


@react(FriendRemoved)
def tell_of_loss(actor: Actor, fact: FriendRemoved, envelope: Envelope) -> None:
    """Tell a member that a customer removed him."""
    if fact.by == "customer" and is_news(envelope):
        org.notify(
            actor,
            kind=FRIEND_LOST.key,
            member_ids=[fact.member_id],
            values={"contact_id": fact.contact_id, "member_name": fact.member_name},
            once_key=str(envelope.position),
            contact_id=fact.contact_id,
        )


@react(CallbackRefused)
def tell_of_refusal(actor: Actor, fact: CallbackRefused, envelope: Envelope) -> None:
    """Tell those who can set it right that callbacks are refused, and remember it for the doctor."""
    note_refusal(actor, channel_id=fact.channel_id, reason=fact.reason, at=envelope.recorded_at)
    _tell_keepers(actor, CALLBACKS_REFUSED.key, fact.reason, envelope)


@react(ChannelFailed)
def tell_of_failure(actor: Actor, fact: ChannelFailed, envelope: Envelope) -> None:
    """Tell those who can set it right that the platform refuses us."""
    _tell_keepers(actor, CHANNEL_FAILED.key, fact.reason, envelope)


def _tell_keepers(actor: Actor, kind: str, reason: str, envelope: Envelope) -> None:
    if is_news(envelope):
        org.notify(
            actor,
            kind=kind,
            member_ids=org.holders_of(actor, CONFIGURE),
            values={"reason": reason},
            once_key=str(envelope.position),
        )
