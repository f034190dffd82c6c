"""What providers tell of messages afterwards. Receipts may come twice, late, and before we know the message's number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from hashlib import sha256

from cove.directory.people import facade as people
from cove.directory.privacy import facade as privacy
from cove.engine.channels.sms.contracts.accounts import Receipt, Reply, message_key
from cove.engine.channels.sms.contracts.counting import is_refusal
from cove.engine.channels.sms.contracts.marks import named_in, whose
from cove.engine.channels.sms.models import SmsEarlyReceipt, SmsMessage
from cove.engine.channels.sms.permissions import TAKE_OVER
from cove.engine.channels.sms.troubles import trouble_of
from cove.facts.messages import MessageDelivered, MessageFailed, MessageReceived
from cove.facts.sms import RefusedByReply
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.command import command, publish
from cove.kernel.log.seen import first_time

OPEN = ("ordered", "sent", "unknown")
MOST_CONTACTS = 50
EARLY_KEPT = timedelta(days=4)


@command(TAKE_OVER, audited=False)
def note_receipts(actor: Actor, *, account_id: int, receipts: Sequence[Receipt]) -> int:
    """Note what became of messages; return how many it was news for. A receipt for an unknown number waits for its message."""
    rows = SmsMessage.visible_to(actor, TAKE_OVER).filter(account_id=account_id).select_related("template")
    rows = rows.select_for_update(of=("self",))
    serials = {one.serial for one in receipts if one.serial}
    by_serial: dict[str, list[SmsMessage]] = defaultdict(list)
    for found in rows.filter(serial__in=serials).order_by("id"):
        by_serial[found.serial].append(found)
    marks = {message_id for one in receipts if one.serial not in by_serial for message_id in named_in(one.mark)}
    by_mark = {row.id: row for row in rows.filter(id__in=marks, serial="").order_by("id")}
    news = 0
    for one in receipts:
        named = [by_mark[message_id] for message_id in named_in(one.mark) if message_id in by_mark]
        row = _meant(one, by_serial.get(one.serial, [])) or _meant(one, named)
        if row is None:
            if one.serial:
                _keep_early(account_id, one)
        elif row.state in OPEN:
            row.serial = row.serial or one.serial
            end(row, arrived=one.arrived, code=one.code, at=one.at)
            news += 1
    return news


@command(TAKE_OVER, audited=False)
def take_replies(actor: Actor, *, account_id: int, replies: Sequence[Reply]) -> int:
    """Tell what people answered; whoever refuses gets no more. Return how many were news."""
    news = 0
    for one in replies:
        phone = people.phone_number(one.phone)
        at = one.at or clock.now()
        name = f"sms:{account_id}:reply:{one.number or ''}:{phone}:{at.isoformat() if one.at else ''}:{one.text}"
        if phone and first_time([name]):
            news += 1
            _take(actor, phone, one.text.strip()[:1000], at, name)
    return news


@command(TAKE_OVER, audited=False)
def drop_early(actor: Actor) -> int:
    """Drop receipts whose message never came; return how many."""
    old = SmsEarlyReceipt.objects.filter(tenant_id=actor.tenant_id, kept_at__lt=clock.now() - EARLY_KEPT)
    return int(old.delete()[0])


def end(row: SmsMessage, *, arrived: bool, code: str, at: datetime | None) -> None:
    """Note the end of a message and tell it."""
    row.state = "arrived" if arrived else "failed"
    row.reason = "" if arrived else trouble_of(code).reason
    row.errcode = "" if arrived else code[:100]
    row.ended_at = clock.now()
    row.save(update_fields=["state", "reason", "errcode", "ended_at", "serial"])
    tell_end(row, arrived=arrived, member_id=None, at=at)


def tell_end(row: SmsMessage, *, arrived: bool, member_id: int | None, at: datetime | None) -> None:
    """Tell how a message ended, of those that go to a contact."""
    if row.contact_id is None:
        return
    said = {
        "contact_id": row.contact_id,
        "member_id": member_id,
        "source": "sms",
        "channel": "sms",
        "message_key": message_key(row.id),
        "cause": row.cause,
        "subject": row.template.name,
    }
    when = min(at, clock.now()) if at else None
    if arrived:
        publish(MessageDelivered.model_validate(said), at=when)
    else:
        publish(MessageFailed.model_validate(said | {"reason": row.reason, "errcode": row.errcode}), at=when)


def take_early(row: SmsMessage) -> None:
    """Take the receipt that came before the message's number was known."""
    if not row.serial:
        return
    theirs = {"account_id": row.account_id, "serial": row.serial, "whose__in": ("", whose(row.phone))}
    early = SmsEarlyReceipt.objects.filter(**theirs).first()
    if early is not None:
        end(row, arrived=early.arrived, code=early.code, at=early.at)
        early.delete()


def _meant(one: Receipt, rows: Sequence[SmsMessage]) -> SmsMessage | None:
    """Return which of the messages of one call a receipt is about: those have its number or mark in common, and differ by phone."""
    if len(rows) == 1:
        return rows[0]
    return next((row for row in rows if whose(row.phone) == whose(one.phone)), None)


def _keep_early(account_id: int, one: Receipt) -> None:
    said = {"arrived": one.arrived, "code": one.code[:100], "at": one.at, "kept_at": clock.now()}
    theirs = {"account_id": account_id, "serial": one.serial[:100], "whose": whose(one.phone)}
    SmsEarlyReceipt.objects.get_or_create(**theirs, defaults=said)


def _take(actor: Actor, phone: str, text: str, at: datetime, name: str) -> None:
    messages = SmsMessage.visible_to(actor, TAKE_OVER).filter(phone=phone, contact__isnull=False).order_by("-id")
    last = messages.first()
    written_to = [key for key in messages.values_list("contact_id", flat=True)[:MOST_CONTACTS] if key is not None]
    known = people.leads_of(actor, [*written_to, *people.contacts_with_phone(actor, phone, most=MOST_CONTACTS)])
    theirs = list(dict.fromkeys(known[key] for key in (*written_to, *known) if key in known))
    refused = is_refusal(text)
    for contact_id in theirs if refused else ():
        privacy.keep_choices(actor, contact_id=contact_id, source="reply", purposes={}, channels={"sms": False}, at=at)
    if not theirs:
        return
    publish(
        MessageReceived(
            contact_id=theirs[0],
            source="sms",
            channel="sms",
            message_key=f"sms:reply:{sha256(name.encode()).hexdigest()[:16]}",
            cause=last.cause if last else "",
            text=text,
            reply_to=message_key(last.id) if last else "",
        ),
        at=min(at, clock.now()),
    )
    if refused:
        publish(RefusedByReply(contact_id=theirs[0], text=text[:20]), at=min(at, clock.now()))
