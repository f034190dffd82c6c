"""Orders of messages to people, and what is heard of them later."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from cove.engine.channels.delivery import facade as delivery
from cove.engine.channels.delivery.contracts import State, Verdict
from cove.engine.channels.wechat.models import WechatFollower, WechatSent
from cove.engine.channels.wechat.permissions import CALL, TAKE_OVER
from cove.facts.messages import MessageDelivered, MessageFailed, MessageSent
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.command import command, publish

CHANNEL = {"official": "official_account", "mini": "mini_program"}
SOURCE = {"official": "official_account", "mini": "miniprogram"}


@dataclass(frozen=True, slots=True)
class Letter:
    """One message to one person: `kind` of delivery, its own `content`, and for what (`cause`, `subject` as in `cove.facts.messages`)."""

    kind: str
    content: Mapping[str, Any]
    key: str
    cause: str = ""
    subject: str = ""
    not_after: datetime | None = None
    extra: Mapping[str, Any] = field(default_factory=dict)


@command(CALL)
def order_message(actor: Actor, *, row: WechatFollower, letter: Letter) -> bool:
    """Put a message to somebody into the outbox; False if its key is there already. Messages to one person keep their order."""
    payload = {
        "account_id": row.account_id,
        "account_kind": row.account.kind,
        "openid": row.openid,
        "contact_id": row.contact_id,
        "content": dict(letter.content),
        "cause": letter.cause,
        "subject": letter.subject,
    }
    key, lane = f"{letter.kind}:{letter.key}", f"wechat.to:{row.account_id}:{row.openid}"
    return delivery.deliver(actor, letter.kind, key, payload, lane=lane, not_after=letter.not_after)


@command(CALL, audited=False)
def tell_message(actor: Actor, *, key: str, payload: dict[str, Any], verdict: Verdict) -> None:
    """Tell what became of a message, and keep the platform's number of it, if it will say more."""
    if not payload.get("contact_id"):
        return
    said: dict[str, Any] = {
        "contact_id": payload["contact_id"],
        "source": SOURCE[payload["account_kind"]],
        "channel": CHANNEL[payload["account_kind"]],
        "message_key": key,
        "cause": payload["cause"],
        "subject": payload["subject"],
    }
    if verdict.state is not State.SENT:
        errcode = "" if verdict.errcode is None else str(verdict.errcode)
        publish(MessageFailed(**said, reason=verdict.reason or "refused", errcode=errcode))
        return
    publish(MessageSent(**said, confirmed=not verdict.doubtful))
    if "template_id" in payload["content"]:
        _keep(actor, key, payload, verdict)


def _keep(actor: Actor, key: str, payload: dict[str, Any], verdict: Verdict) -> None:
    rows = WechatFollower.visible_to(actor).filter(account_id=payload["account_id"], openid=payload["openid"])
    row = rows.first()
    if row is not None:
        WechatSent.objects.create(
            follower=row,
            msg_id=str(verdict.result.get("msg_id", "")),
            template_id=payload["content"]["template_id"],
            message_key=key,
            cause=payload["cause"],
            subject=payload["subject"],
            at=clock.now(),
        )


@command(TAKE_OVER, audited=False)
def hear_of_message(
    actor: Actor, *, row: WechatFollower, msg_id: str, template_id: str, reason: str, errcode: str, at: datetime
) -> bool:
    """Tell what the platform says later of a message: it arrived (`reason` empty), or why not. False for a message that is not ours.

    Where the platform gave no number when it took the message, the oldest of the template to him that nothing was heard of is meant.
    """
    waiting = WechatSent.objects.select_for_update().filter(follower=row, told=False).order_by("id")
    sent = waiting.filter(msg_id=msg_id).exclude(msg_id="").first() if msg_id else None
    if sent is None and template_id:
        sent = waiting.filter(msg_id="", template_id=template_id).first()
    if sent is None:
        return False
    sent.told = True
    sent.save(update_fields=["told"])
    said: dict[str, Any] = {
        "contact_id": row.contact_id,
        "source": SOURCE[row.account.kind],
        "channel": CHANNEL[row.account.kind],
        "message_key": sent.message_key,
        "cause": sent.cause,
        "subject": sent.subject,
    }
    publish(MessageFailed(**said, reason=reason, errcode=errcode) if reason else MessageDelivered(**said), at=at)
    return True
