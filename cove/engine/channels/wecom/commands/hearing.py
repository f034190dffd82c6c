"""What is said and what happens in a conversation of customer service, as facts (document 94670)."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from cove.directory.org import facade as org
from cove.directory.org.contracts import MemberCard
from cove.engine.channels.wecom.contracts.heard import Heard, heard
from cove.engine.channels.wecom.contracts.support import KfEvent, KfMessage
from cove.facts.messages import MessageFailed, MessageReceived, MessageSent
from cove.facts.wecom_support import EventHeard, MessageRecalled, TalkEnded, TalkOpened, TalkTaken
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.log.fact import Fact

# msg_send_fail.
FAIL_REASONS = {4: "talk_over", 5: "talk_elsewhere", 6: "answered_enough"}
# session_status_change: how a member came to have a conversation, and its end.
WAYS = {1: "pool", 2: "colleague", 4: "opened_again"}
ENDED = 3
RECALLS = {"user_recall_msg": "customer", "servicer_recall_msg": "member"}


def said_at(message: KfMessage) -> datetime:
    """Return when something was said; now, where the platform gives no time that can be one."""
    try:
        return datetime.fromtimestamp(message.send_time, UTC) if message.send_time > 0 else clock.now()
    except (ValueError, OverflowError, OSError):
        return clock.now()


def received(actor: Actor, contact_id: int, message: KfMessage) -> MessageReceived:
    """Return what a customer sent, of whatever kind."""
    said = heard(message)
    return MessageReceived(
        contact_id=contact_id,
        source="wecom",
        channel="wecom",
        message_key=message.msgid,
        form=said.form,  # type: ignore[arg-type]  # one of the forms
        text=_words(actor, said),
        target=said.target,
        media_id=said.media_id,
        native=said.native,
    )


def answered(actor: Actor, contact_id: int, message: KfMessage) -> MessageSent:
    """Return what a member answered in his client."""
    member, said = _member(actor, message.servicer_userid), heard(message)
    return MessageSent(
        contact_id=contact_id,
        member_id=member.id if member else None,
        source="wecom",
        channel="wecom",
        message_key=message.msgid,
        form=said.form,  # type: ignore[arg-type]  # one of the forms
        text=_words(actor, said),
    )


def _words(actor: Actor, said: Heard) -> str:
    """Return what is to be read of a message; a business card is told by the name of its member."""
    if said.form != "business_card":
        return said.text
    member = _member(actor, said.target)
    return member.name if member else said.target


def happened(actor: Actor, contact_id: int, account_name: str, event: KfEvent) -> Fact:
    """Return what happened in a conversation; what nobody knows is told by the platform's word for it."""
    common: dict[str, Any] = {"contact_id": contact_id}
    if event.event_type == "msg_send_fail":
        return _failed(contact_id, event)
    if event.event_type == "enter_session":
        return TalkOpened(**common, account_name=account_name, way_name=_way(event))
    if event.event_type in RECALLS:
        member = _member(actor, event.servicer_userid)
        common |= {"member_id": member.id if member else None, "by": RECALLS[event.event_type]}
        return MessageRecalled(**common, message_key=event.recall_msgid)
    if event.event_type == "session_status_change" and event.change_type in (*WAYS, ENDED):
        return _passed(actor, contact_id, account_name, event)
    return EventHeard(**common, native=event.event_type)


def _failed(contact_id: int, event: KfEvent) -> MessageFailed:
    return MessageFailed(
        contact_id=contact_id,
        source="wecom",
        channel="wecom",
        message_key=event.fail_msgid,
        reason=FAIL_REASONS.get(event.fail_type, "refused"),
        errcode=str(event.fail_type),
    )


def _passed(actor: Actor, contact_id: int, account_name: str, event: KfEvent) -> Fact:
    over = event.change_type == ENDED
    member = _member(actor, event.old_servicer_userid if over else event.new_servicer_userid)
    common: dict[str, Any] = {"contact_id": contact_id, "account_name": account_name}
    common["member_id"] = member.id if member else None
    if over:
        return TalkEnded(**common)
    return TalkTaken(**common, member_name=member.name if member else "", way=WAYS[event.change_type])  # type: ignore[arg-type]  # one of the ways


def _way(event: KfEvent) -> str:
    from_channels = event.wechat_channels
    return event.scene or (from_channels.nickname or from_channels.shop_nickname if from_channels else "")


def _member(actor: Actor, userid: str) -> MemberCard | None:
    return org.member_by_wecom_userid(actor, userid) if userid else None
