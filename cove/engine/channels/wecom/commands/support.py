"""WeChat customer service: what customers write becomes facts, once and in order; answers keep to what the platform allows."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from cove.directory.people import facade as people
from cove.directory.people.contracts import Identity, Profile
from cove.directory.privacy import facade as privacy
from cove.engine.channels.delivery import facade as delivery
from cove.engine.channels.delivery.contracts import State, Verdict
from cove.engine.channels.wecom.commands.hearing import answered, happened, received, said_at
from cove.engine.channels.wecom.contracts.support import (
    CUSTOMER,
    EVENT,
    SERVICER,
    KfCustomer,
    KfMessage,
    KfPage,
)
from cove.engine.channels.wecom.models import WecomKfAccount, WecomKfTalk
from cove.engine.channels.wecom.permissions import CALL, TAKE_OVER
from cove.facts.messages import MessageFailed, MessageSent
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.command import command, publish

WINDOW = timedelta(hours=48)
MSGID_LENGTH = 32


@command(TAKE_OVER)
def read_conversations(actor: Actor, *, open_kfid: str, token: str, key: str) -> None:
    """Ask what was said since we last read an account; pages of one account are read one after the other."""
    payload = {"open_kfid": open_kfid, "token": token}
    lane = f"wecom.kf:{open_kfid}"
    delivery.deliver(actor, "wecom.kf_sync", f"wecom.kf_sync:{open_kfid}:{key}", payload, lane=lane)


@command(TAKE_OVER)
def read_unheard(actor: Actor, *, key: str) -> int:
    """Ask what was said in every account since it was last read, once for `key`; return how many are asked."""
    listed = WecomKfAccount.objects.filter(listed=True).order_by("id").values_list("open_kfid", flat=True)
    for open_kfid in (accounts := list(listed)):
        read_conversations(actor, open_kfid=open_kfid, token="", key=key)
    return len(accounts)


@command(TAKE_OVER)
def take_over_page(actor: Actor, *, open_kfid: str, cursor: str, token: str, page: KfPage) -> bool:
    """Take over what was said after `cursor`; False if somebody read on from there before. What follows is asked for at once."""
    account, _ = WecomKfAccount.objects.get_or_create(open_kfid=open_kfid)
    account = WecomKfAccount.objects.select_for_update().get(id=account.id)
    if account.cursor != cursor:
        return False
    new: list[str] = []
    for message in page.msg_list:
        _take_over(actor, account, message, new)
    account.cursor, account.read_at = page.next_cursor or cursor, clock.now()
    account.save(update_fields=["cursor", "read_at"])
    if page.has_more and account.cursor != cursor:
        read_conversations(actor, open_kfid=open_kfid, token=token, key=account.cursor)
    if new:
        name = f"wecom.kf_customers:{open_kfid}:{account.cursor}"
        delivery.deliver(actor, "wecom.kf_customers", name, {"external_userids": new})
    return True


@command(TAKE_OVER)
def take_over_kf_customers(actor: Actor, *, customers: Sequence[KfCustomer]) -> None:
    """Take over who customers are that wrote for the first time."""
    for one in customers:
        contact_id = people.number_by_identity(actor, Identity("wecom_external", one.external_userid))
        if contact_id is None:
            continue
        profile = Profile(name=one.nickname or None, avatar_url=one.avatar or None, gender=one.gender or None)
        people.fill_profile(actor, contact_id=contact_id, profile=profile)
        if one.unionid:
            people.add_identity(actor, contact_id=contact_id, identity=Identity("unionid", one.unionid))


@command(CALL)
def answer_customer(
    actor: Actor, *, key: str, open_kfid: str, external_userid: str, text: str, cause: str = "", subject: str = ""
) -> bool:
    """Answer a customer of customer service, once for `key`; False if that was asked before.

    It goes out within 48 hours of his last message and at most five times since (document 94677), else it is refused with that reason.
    """
    talk = WecomKfTalk.objects.filter(account__open_kfid=open_kfid, external_userid=external_userid).first()
    msgid = hashlib.sha256(f"{actor.tenant_id}:{key}".encode()).hexdigest()[:MSGID_LENGTH]
    payload = {
        "open_kfid": open_kfid,
        "external_userid": external_userid,
        "contact_id": talk.contact_id if talk else None,
        "text": text,
        "msgid": msgid,
        "cause": cause,
        "subject": subject,
    }
    not_after = (talk.heard_at + WINDOW) if talk and talk.heard_at else None
    lane = f"wecom.kf_talk:{open_kfid}:{external_userid}"
    return delivery.deliver(actor, "wecom.kf_send", f"wecom.kf_send:{key}", payload, not_after=not_after, lane=lane)


@command(TAKE_OVER)
def note_answered(actor: Actor, *, payload: dict[str, Any], verdict: Verdict) -> None:
    """Note what became of an answer and tell it."""
    talks = WecomKfTalk.objects.filter(
        account__open_kfid=payload["open_kfid"], external_userid=payload["external_userid"]
    )
    talk = talks.select_for_update().first()
    message: dict[str, Any] = {
        "contact_id": talk.contact_id if talk else None,
        "source": "wecom",
        "channel": "wecom",
        "message_key": payload["msgid"],
        "cause": payload["cause"],
        "subject": payload["subject"],
    }
    if verdict.state is not State.SENT:
        errcode = "" if verdict.errcode is None else str(verdict.errcode)
        publish(MessageFailed(**message, reason=verdict.trouble, errcode=errcode))
        return
    if talk is not None:
        talk.answers += 1
        talk.save(update_fields=["answers"])
    publish(MessageSent(**message, text=payload["text"], confirmed=not verdict.doubtful))


def _take_over(actor: Actor, account: WecomKfAccount, message: KfMessage, new: list[str]) -> None:
    event = message.event if message.origin == EVENT else None
    external = message.external_userid or (event.external_userid if event else "")
    if not external or privacy.is_gone(actor, "wecom_external", external):
        return
    at = said_at(message)
    card, fresh = people.admit_contact(actor, identity=Identity("wecom_external", external), source="wecom", at=at)
    new += [external] if fresh else []
    talk, _ = WecomKfTalk.objects.get_or_create(
        account=account, external_userid=external, defaults={"contact_id": card.id}
    )
    if message.origin == CUSTOMER:
        talk.heard_at, talk.answers = at, 0
        talk.save(update_fields=["heard_at", "answers"])
        publish(received(actor, card.id, message), at=at)
    elif message.origin == SERVICER:
        publish(answered(actor, card.id, message), at=at)
    elif event:
        publish(happened(actor, card.id, account.name, event), at=at)
