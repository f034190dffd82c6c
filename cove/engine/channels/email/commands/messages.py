"""Mails: asked for, made ready, and what the relay said to them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from cove.engine.channels.delivery import facade as delivery
from cove.engine.channels.delivery.contracts import State, Verdict
from cove.engine.channels.delivery.contracts import Wanted as Act
from cove.engine.channels.email.commands.senders import is_mail_address
from cove.engine.channels.email.commands.suppressions import suppress_address
from cove.engine.channels.email.commands.templates import make_content
from cove.engine.channels.email.contracts.cards import Purpose
from cove.engine.channels.email.contracts.codes import Hardness
from cove.engine.channels.email.contracts.templates import needed_in, read_markup, read_text
from cove.engine.channels.email.errors import NoSuchSender, NoSuchTemplate, ValuesMissing
from cove.engine.channels.email.models import EmailContent, EmailMessage, EmailSender, EmailTemplate, Suppression
from cove.engine.channels.email.permissions import RUN_EMAIL, SEND_EMAIL, WRITE_TEMPLATES
from cove.facts.messages import MessageBounced, MessageFailed, MessageSent
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.command import command, publish
from cove.kernel.errors import InvalidInput
from cove.kernel.ids import new_slug
from cove.kernel.words import Words

HARD = "address_unknown"
"""The reason for refusal that means that an address is of no use."""

# The relay's word on an address or its server, told before it took the mail: the same news as a mail that was sent back.
BOUNCED: dict[str, Hardness] = {HARD: "hard", "mailbox_full": "soft", "spam_refused": "soft"}


_BAD_ADDRESS = Words("请填写完整的邮箱地址", "Give a whole mail address")


@dataclass(frozen=True, slots=True)
class Wanted:
    """One mail that is wanted: once for its `key`. `values` fill the template's own variables (``data.…``), without that prefix."""

    key: str
    contact_id: int
    values: Mapping[str, str]


@command(SEND_EMAIL)
def send_mails(
    actor: Actor, *, template_id: int, sender_id: int, mails: Sequence[Wanted], cause: str = "", in_order: bool = False
) -> int:
    """Put mails of one template into the outbox, in the caller's transaction; return how many were not there before.

    Consent, suppression and the rest are asked when each is about to leave. Raises NoSuchTemplate, NoSuchSender, ValuesMissing.
    """
    template = EmailTemplate.visible_to(actor).select_related("content").filter(id=template_id).first()
    if template is None:
        raise NoSuchTemplate
    needed = _needed(template.content)
    for mail in mails:
        missing = needed - {name for name, value in mail.values.items() if value}
        if missing:
            raise ValuesMissing(names=", ".join(sorted(missing)))
    sender = _sender(actor, sender_id)
    now = clock.now()
    rows = [
        EmailMessage(
            key=mail.key,
            contact_id=mail.contact_id,
            sender=sender,
            template=template,
            content=template.content,
            member_id=actor.member_id,
            cause=cause,
            values=dict(mail.values),
            created_at=now,
        )
        for mail in mails
    ]
    return _put(actor, rows, template.content.purpose, in_order=in_order)


@command(WRITE_TEMPLATES)
def test_draft(
    actor: Actor, *, subject: str, html: str, text: str, purpose: Purpose, sender_id: int, address: str
) -> int:
    """Send what a draft says to one address, as it would go out but untracked; return the mail's number.

    Raises InvalidInput, NoSuchSender, BadTemplate, LeadsOut, NoUnsubscribeLink.
    """
    address = address.strip().lower()
    if not is_mail_address(address):
        raise InvalidInput(fields={"address": _BAD_ADDRESS})
    row = EmailMessage(
        key=f"test:{new_slug(20)}",
        sender=_sender(actor, sender_id),
        content=make_content(actor, subject=subject, html=html, text=text, purpose=purpose),
        member_id=actor.member_id,
        test=True,
        address=address,
        created_at=clock.now(),
    )
    _put(actor, [row], "service", in_order=False)
    return EmailMessage.visible_to(actor).values_list("id", flat=True).get(key=row.key)


def _put(actor: Actor, rows: list[EmailMessage], purpose: str, *, in_order: bool) -> int:
    keys = [row.key for row in rows]
    before = EmailMessage.visible_to(actor).filter(key__in=keys).count()
    EmailMessage.objects.bulk_create(rows, ignore_conflicts=True, batch_size=1000)
    made = EmailMessage.visible_to(actor).filter(key__in=keys, sent_at=None, failed_at=None)
    kind = "email.service" if purpose == "service" else "email.message"
    acts = [
        Act(
            f"{kind}:{key}",
            {"message_id": number, "contact_id": contact_id},
            lane=f"email:{contact_id}" if in_order and contact_id else "",
        )
        for number, key, contact_id in made.order_by("id").values_list("id", "key", "contact_id")
    ]
    delivery.deliver_many(actor, kind, acts)
    return len(set(keys)) - before


@command(RUN_EMAIL, audited=False)
def note_addresses(actor: Actor, *, addresses: Mapping[int, str]) -> None:
    """Write down where mails go, as they go: what is heard of an address later is heard of these."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE email_message m SET address = n.address, host = split_part(n.address, '@', 2) "
            "FROM unnest(%s::bigint[], %s::text[]) AS n (id, address) WHERE m.id = n.id AND m.tenant_id = %s",
            [list(addresses), list(addresses.values()), actor.tenant_id],
        )


@command(RUN_EMAIL)
def settle_mail(actor: Actor, *, message_id: int, verdict: Verdict) -> None:
    """Note what became of a mail, and tell it. An address that its server does not know goes onto the list."""
    row = _told_rows(actor).filter(id=message_id).first()
    if row is None:
        return
    now = clock.now()
    if verdict.state is State.SENT:
        EmailMessage.objects.filter(id=row.id).update(sent_at=now, reason="", failed_at=None)
        _tell(row, MessageSent(**told_of(row)))
        return
    bounce = BOUNCED.get(verdict.reason)
    given: dict[str, Any] = {"reason": verdict.reason, "failed_at": now}
    if bounce:
        given |= {"bounced_at": now, "hardness": bounce}
    EmailMessage.objects.filter(id=row.id).update(**given)
    code = str(verdict.errcode or "")
    if not bounce:
        _tell(row, MessageFailed(**told_of(row), reason=verdict.reason, errcode=code))
        return
    _tell(row, MessageBounced(**told_of(row), hardness=bounce, reason=verdict.reason, errcode=code))
    if bounce == "hard":
        suppress_address(actor, address=row.address, reason=Suppression.Reason.HARD_BOUNCE, detail=code)


@command(RUN_EMAIL)
def settle_mails(actor: Actor, *, verdicts: Mapping[int, Verdict]) -> None:
    """Do for several mails, by their numbers, what `settle_mail` does for each; those that went out are noted and told at once."""
    went = [number for number, verdict in verdicts.items() if verdict.state is State.SENT]
    rows = list(_told_rows(actor).filter(id__in=went).order_by("id"))
    EmailMessage.objects.filter(id__in=[row.id for row in rows]).update(sent_at=clock.now(), reason="", failed_at=None)
    for row in rows:
        _tell(row, MessageSent(**told_of(row)))
    for number in verdicts.keys() - set(went):
        settle_mail(actor, message_id=number, verdict=verdicts[number])


def _told_rows(actor: Actor) -> QuerySet[EmailMessage]:
    """Return mails with no more than is told of them: what they say is long."""
    told = ("key", "contact_id", "member_id", "cause", "test", "address", "content__subject")
    return EmailMessage.visible_to(actor).select_related("content").only(*told)


def told_of(row: EmailMessage) -> dict[str, Any]:
    """Return which mail it was, as every fact of it says."""
    return {
        "contact_id": row.contact_id,
        "member_id": row.member_id,
        "source": "email",
        "channel": "email",
        "message_key": row.key,
        "cause": row.cause,
        "subject": _subject(row.content),
    }


def _tell(row: EmailMessage, fact: MessageSent | MessageFailed | MessageBounced) -> None:
    if not row.test and row.contact_id:
        publish(fact)


def _subject(content: EmailContent) -> str:
    # What a member calls it: as it was written, with its variables unfilled, so that it says nothing about the person.
    return content.subject


def _needed(content: EmailContent) -> set[str]:
    pieces = [*read_text(content.subject), *read_markup(content.html, {}), *read_text(content.text)]
    return {name.removeprefix("data.") for name in needed_in(pieces)}


def _sender(actor: Actor, sender_id: int) -> EmailSender:
    found = EmailSender.visible_to(actor).filter(id=sender_id, domain__off=False).first()
    if found is None:
        raise NoSuchSender(fields={"sender_id": NoSuchSender.words})
    return found
