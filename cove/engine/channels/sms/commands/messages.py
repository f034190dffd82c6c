from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from cove.directory.people import facade as people
from cove.engine.channels.delivery import facade as delivery
from cove.engine.channels.delivery.contracts import State, Verdict
from cove.engine.channels.sms import queries
from cove.engine.channels.sms.commands.receipts import take_early, tell_end
from cove.engine.channels.sms.contracts.accounts import Draft, message_key
from cove.engine.channels.sms.contracts.counting import LONGEST, counted, says_how_to_refuse, variables_of
from cove.engine.channels.sms.errors import NoPhone, NotApproved, NoWayToRefuse, TooLong
from cove.engine.channels.sms.models import SmsMessage, SmsSignature, SmsTemplate
from cove.engine.channels.sms.permissions import CONFIGURE, SEND, TAKE_OVER
from cove.facts.messages import MessageSent
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.command import command, publish
from cove.kernel.errors import InvalidInput, NotFound
from cove.kernel.words import Words

MARKETING, NOTICE = "sms.message", "sms.notice"
_ENDS = {State.SENT: "sent", State.UNKNOWN: "unknown"}


@command(SEND, audited=False)
def send_message(
    actor: Actor,
    *,
    key: str,
    contact_id: int,
    draft: Draft,
    cause: str = "",
    not_before: datetime | None = None,
    not_after: datetime | None = None,
) -> SmsMessage:
    """Order a message to a contact; the same `key` orders it once. It is refused at the last moment where he may not be reached.

    Raises NotFound, NoPhone, NotApproved, NoWayToRefuse, TooLong, InvalidInput.
    """
    if contact_id not in people.reachable(actor, [contact_id], SEND):
        raise NotFound
    phone = people.phones_of(actor, [contact_id], SEND).get(contact_id)
    if phone is None:
        raise NoPhone
    row, made = _write(actor, key, contact_id, phone, draft, cause)
    if made:
        kind = MARKETING if row.template.purpose == "marketing" else NOTICE
        payload = {
            "contact_id": contact_id,
            "message_id": row.id,
            "member_id": actor.member_id,
            "cause": cause,
            "parts": row.parts,
        }
        delivery.deliver(
            actor,
            kind,
            message_key(row.id),
            payload,
            not_before=not_before,
            not_after=not_after,
            lane=f"sms:{contact_id}",
        )
    return row


@command(CONFIGURE)
def send_test(actor: Actor, *, phone: str, draft: Draft) -> SmsMessage:
    """Send a template to a number that was typed, to see whether it arrives. Raises as `send_message`, and InvalidInput for the number."""
    number = people.phone_number(phone)
    if not number:
        raise InvalidInput(fields={"phone": Words("请填写正确的手机号", "Enter a phone number")})
    key = f"test:{actor.member_id or 0}:{clock.now().timestamp():.6f}"
    row, _ = _write(actor, key, None, number, draft, "")
    payload = {"message_id": row.id, "member_id": actor.member_id, "cause": "", "parts": row.parts}
    delivery.deliver(actor, NOTICE, message_key(row.id), payload)
    return row


@command(TAKE_OVER, audited=False)
def note_outcome(actor: Actor, *, message_id: int, member_id: int | None, verdict: Verdict) -> None:
    """Note what became of the order, and tell it."""
    rows = SmsMessage.visible_to(actor, TAKE_OVER).select_for_update(of=("self",)).select_related("template")
    row = rows.filter(SmsMessage.UNSENT, id=message_id).first()
    if row is None:
        return
    row.state = _ENDS.get(verdict.state, "failed")
    row.serial = str(verdict.result.get("serial", ""))
    row.reason = "" if row.state == "sent" else verdict.reason or str(verdict.state)
    row.sent_at = clock.now()
    row.errcode = "" if row.state == "sent" else row.errcode
    row.save(update_fields=["state", "serial", "reason", "errcode", "sent_at"])
    if row.state != "sent":
        tell_end(row, arrived=False, member_id=member_id, at=None)
        return
    if row.contact_id is not None:
        publish(
            MessageSent(
                contact_id=row.contact_id,
                member_id=member_id,
                source="sms",
                channel="sms",
                message_key=message_key(row.id),
                cause=row.cause,
                subject=row.template.name,
                confirmed=verdict.reason != "probably_sent",
            )
        )
    take_early(row)


@command(TAKE_OVER, audited=False)
def note_errcode(actor: Actor, *, message_id: int, errcode: str) -> None:
    """Keep the provider's own code of a refusal, for whoever asks its support."""
    SmsMessage.visible_to(actor, TAKE_OVER).filter(id=message_id).update(errcode=errcode[:100])


def _write(
    actor: Actor, key: str, contact_id: int | None, phone: str, draft: Draft, cause: str
) -> tuple[SmsMessage, bool]:
    template = queries.template(actor, draft.template_id)
    signature = queries.signature(actor, draft.signature_id, account_id=template.account_id)
    _check(template, signature, draft.values)
    said = counted(signature.name, template.content, draft.values)
    if said.length > LONGEST:
        raise TooLong(length=said.length, most=LONGEST)
    wanted = {
        "account": template.account,
        "template": template,
        "contact_id": contact_id,
        "cause": cause,
        "phone": phone,
        "signature": signature.name,
        "variables": dict(draft.values),
        "text": said.text,
        "parts": said.parts,
        "cost": said.parts * template.account.price,
        "ordered_at": clock.now(),
    }
    return SmsMessage.objects.get_or_create(key=key, defaults=wanted)


def _check(template: SmsTemplate, signature: SmsSignature, values: Mapping[str, str]) -> None:
    for row in (template, signature):
        if row.approval != "approved":
            raise NotApproved(name=row.name)
    if template.purpose == "marketing" and not says_how_to_refuse(template.content):
        raise NoWayToRefuse
    missing = [name for name in variables_of(template.content) if not values.get(name, "").strip()]
    if missing:
        words = Words("请填写变量：{names}", "Fill in the variables: {names}").with_values(names="、".join(missing))
        raise InvalidInput(fields={"values": words})
