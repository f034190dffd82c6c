"""Mails that are about to leave, with all that is needed to write them: some few queries for a whole batch."""

from __future__ import annotations

from collections import OrderedDict, defaultdict
from collections.abc import Sequence
from functools import lru_cache

from cove.directory.org import facade as org
from cove.directory.people import facade as people
from cove.directory.people.contracts import Addressee
from cove.engine.channels.email.contracts.cards import ContentCard, Outgoing, Relay, SenderCard
from cove.engine.channels.email.contracts.templates import OWN, read_markup, read_text
from cove.engine.channels.email.models import EmailContent, EmailMessage, EmailSender, SenderDomain
from cove.engine.channels.email.queries.suppressions import suppressed
from cove.kernel.actor import Actor

MOST_CONTENTS = 500
"""That one process keeps read."""

_contents: OrderedDict[tuple[int, int], ContentCard] = OrderedDict()


def outgoing(actor: Actor, ids: Sequence[int]) -> dict[int, Outgoing]:
    """Return mails by number, each with its address, values, sender and content, or with the reason for which it may not go.

    Numbers that are no mail of the tenant are left out.
    """
    rows = {row.id: row for row in EmailMessage.visible_to(actor).filter(id__in=ids)}
    persons = people.addressees(actor, {row.contact_id for row in rows.values() if row.contact_id})
    senders = _senders(actor, {row.sender_id for row in rows.values()})
    contents = _read(actor, {row.content_id for row in rows.values()})
    addresses = {
        key: row.address if row.test else _address(persons.get(row.contact_id or 0)) for key, row in rows.items()
    }
    never = suppressed(actor, {one for one in addresses.values() if one})
    company = org.tenant(actor).name
    return {
        key: _made(row, persons.get(row.contact_id or 0), addresses[key], never, senders, contents, company)
        for key, row in rows.items()
    }


def limits(mails: Sequence[Outgoing]) -> dict[int, int]:
    """Return the most a minute of the domains of these mails that have a limit, by domain."""
    return {mail.sender.domain_id: mail.sender.per_minute for mail in mails if mail.sender and mail.sender.per_minute}


def by_domain(mails: Sequence[Outgoing]) -> dict[int, list[Outgoing]]:
    """Return mails that may go, by the domain in whose name."""
    found: dict[int, list[Outgoing]] = defaultdict(list)
    for mail in mails:
        if mail.sender and not mail.held:
            found[mail.sender.domain_id].append(mail)
    return found


def content_card(row: EmailContent) -> ContentCard:
    """Return what a mail says in pieces."""
    return ContentCard(
        row.id,
        "service" if row.purpose == "service" else "marketing",
        read_text(row.subject),
        read_markup(row.html, row.links),
        read_text(row.text),
    )


def values_for(person: Addressee | None, *, sender: str, company: str, own: dict[str, str]) -> dict[str, str]:
    """Return what stands behind a mail's variables."""
    said = {"sender.name": sender, "company.name": company, **{f"{OWN}{key}": value for key, value in own.items()}}
    if person is not None:
        said |= {
            "contact.name": person.name,
            "contact.company": person.company_name,
            "contact.position": person.position,
            "contact.email": person.email,
        }
    return said


def _made(
    row: EmailMessage,
    person: Addressee | None,
    address: str,
    never: set[str],
    senders: dict[int, SenderCard],
    contents: dict[int, ContentCard],
    company: str,
) -> Outgoing:
    sender = senders.get(row.sender_id)
    held = ""
    if row.sent_at is not None:
        held = "already_sent"
    elif sender is None:
        held = "sender_off"
    elif not address:
        held = "no_address"
    elif address in never:
        held = "suppressed"
    if held or sender is None:
        return Outgoing(row.id, row.tenant_id, address=address, held=held)
    return Outgoing(
        row.id,
        row.tenant_id,
        address=address,
        name=person.name if person else "",
        values=values_for(person, sender=sender.name, company=company, own=row.values),
        sender=sender,
        content=contents[row.content_id],
        tracked=not row.test,
    )


def _address(person: Addressee | None) -> str:
    return person.email.strip().lower() if person else ""


def _senders(actor: Actor, ids: set[int]) -> dict[int, SenderCard]:
    rows = EmailSender.visible_to(actor).filter(id__in=ids, domain__off=False)
    return {row.id: sender_card(row) for row in rows}


def sender_card(row: EmailSender) -> SenderCard:
    """Return a sender with what its mail needs."""
    domain = row.domain
    return SenderCard(
        id=row.id,
        domain_id=domain.id,
        domain=domain.name,
        name=row.name,
        address=row.address,
        reply_to=row.reply_to,
        back_host=domain.back_host,
        selector=domain.selector,
        key=domain.key,
        relay=relay_of(domain),
        per_minute=domain.per_minute,
    )


def relay_of(domain: SenderDomain) -> Relay:
    """Return the relay of a domain; the same one for the same values."""
    security = domain.security if domain.security in ("none", "tls") else "starttls"
    return _relay(domain.host, domain.port, security, domain.user, domain.password)


@lru_cache(maxsize=256)
def _relay(host: str, port: int, security: str, user: str, password: str) -> Relay:
    return Relay(host, port, security, user, password)  # type: ignore[arg-type]  # one of Security


def _read(actor: Actor, ids: set[int]) -> dict[int, ContentCard]:
    """Return contents; those that were read before are kept, since none ever changes."""
    found = {key: _contents[actor.tenant_id, key] for key in ids if (actor.tenant_id, key) in _contents}
    for row in EmailContent.objects.filter(id__in=ids - found.keys()):
        found[row.id] = _contents[actor.tenant_id, row.id] = content_card(row)
    while len(_contents) > MOST_CONTENTS:
        _contents.popitem(last=False)
    return found
