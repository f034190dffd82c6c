"""Console: domains in whose name mail goes out, what the DNS says of them, and their senders."""

from __future__ import annotations

import asyncio
from dataclasses import asdict

from django.conf import settings
from django.http import HttpRequest
from ninja import Router, Status

from cove.engine.channels.email import queries
from cove.engine.channels.email.client.checks import look, wanted
from cove.engine.channels.email.client.dns import Asking
from cove.engine.channels.email.client.lines import try_relay
from cove.engine.channels.email.commands import domains as domain_commands
from cove.engine.channels.email.commands import senders as sender_commands
from cove.engine.channels.email.contracts.cards import DomainWays, Finding, new_key_stands, nobody_at
from cove.engine.channels.email.contracts.problems import PROBLEMS, RECORDS
from cove.engine.channels.email.errors import DomainTaken, SenderTaken, StillUsed
from cove.engine.channels.email.models import EmailSender, SenderDomain
from cove.engine.channels.email.permissions import CONFIGURE_EMAIL, SEE_EMAIL
from cove.engine.channels.email.queries.outgoing import relay_of
from cove.engine.channels.email.queries.settings import domain_card
from cove.engine.channels.email.schemas.settings import (
    EmailDomain,
    EmailDomainChange,
    EmailDomains,
    EmailRecord,
    EmailSenderAnswer,
    EmailSenderChange,
    NewEmailDomain,
    RelayCheck,
)
from cove.kernel.actor import Actor
from cove.kernel.errors import Forbidden, InvalidInput, NotFound
from cove.kernel.http.answers import refusals
from cove.kernel.http.doors import actor
from cove.kernel.http.gates import needs

console = Router()

_KINDS = {"spf": "TXT", "dkim": "TXT", "dkim_next": "TXT", "dmarc": "TXT", "mx": "MX"}


@console.get("/email/domains", response={200: EmailDomains, **refusals(Forbidden)}, **needs(SEE_EMAIL))
def list_email_domains(request: HttpRequest) -> EmailDomains:
    """List sender domains, each with its records and senders."""
    rows = queries.settings.domains(actor(request))
    return EmailDomains(items=[_shown(row) for row in rows], door_open=bool(settings.RETURNS_PORT))


@console.post(
    "/email/domains",
    response={201: EmailDomain, **refusals(Forbidden, InvalidInput, DomainTaken)},
    **needs(CONFIGURE_EMAIL),
)
def add_email_domain(request: HttpRequest, payload: NewEmailDomain) -> Status[EmailDomain]:
    """Add a sender domain; its DKIM key is made at once."""
    who = actor(request)
    row = domain_commands.add_domain(who, name=payload.name, ways=_ways(payload))
    return Status(201, _answer(who, row.id))


@console.put(
    "/email/domains/{domain_id}",
    response={200: EmailDomain, **refusals(Forbidden, NotFound, InvalidInput)},
    **needs(CONFIGURE_EMAIL),
)
def change_email_domain(request: HttpRequest, domain_id: int, payload: EmailDomainChange) -> EmailDomain:
    """Change how a domain's mail goes out."""
    who = actor(request)
    domain_commands.change_domain(who, domain_id=domain_id, ways=_ways(payload))
    return _answer(who, domain_id)


@console.delete(
    "/email/domains/{domain_id}",
    response={204: None, **refusals(Forbidden, NotFound, StillUsed)},
    **needs(CONFIGURE_EMAIL),
)
def remove_email_domain(request: HttpRequest, domain_id: int) -> Status[None]:
    """Take a domain away with its senders; one that has sent mail is switched off instead."""
    domain_commands.remove_domain(actor(request), domain_id=domain_id)
    return Status(204, None)


@console.post(
    "/email/domains/{domain_id}/check",
    response={200: EmailDomain, **refusals(Forbidden, NotFound)},
    **needs(SEE_EMAIL),
)
def check_email_domain(request: HttpRequest, domain_id: int) -> EmailDomain:
    """Look at the domain's DNS now."""
    who = actor(request)
    card = domain_card(queries.settings.domain(who, domain_id))
    found = asyncio.run(look(card, Asking()))
    machine = Actor.system(who.tenant_id)
    domain_commands.note_findings(machine, domain_id=domain_id, findings=found)
    if new_key_stands(found):
        domain_commands.take_new_key(machine, domain_id=domain_id, selector=card.next_selector)
    return _answer(who, domain_id)


@console.post(
    "/email/domains/{domain_id}/try",
    response={200: RelayCheck, **refusals(Forbidden, NotFound)},
    **needs(CONFIGURE_EMAIL),
)
def try_email_relay(request: HttpRequest, domain_id: int) -> RelayCheck:
    """Greet the domain's relay, sign in and name its sender now, without sending anything."""
    who = actor(request)
    who.require(CONFIGURE_EMAIL)
    row = queries.settings.domain(who, domain_id)
    wrong = asyncio.run(try_relay(relay_of(row), nobody_at(row.back_host)))
    return RelayCheck(ok=not wrong, answer=wrong)


@console.post(
    "/email/domains/{domain_id}/renew-key",
    response={200: EmailDomain, **refusals(Forbidden, NotFound)},
    **needs(CONFIGURE_EMAIL),
)
def renew_email_key(request: HttpRequest, domain_id: int) -> EmailDomain:
    """Make a new DKIM key; mail is signed with it once a look at the DNS finds its record."""
    who = actor(request)
    domain_commands.renew_key(who, domain_id=domain_id)
    return _answer(who, domain_id)


@console.delete(
    "/email/domains/{domain_id}/new-key",
    response={200: EmailDomain, **refusals(Forbidden, NotFound)},
    **needs(CONFIGURE_EMAIL),
)
def drop_email_key(request: HttpRequest, domain_id: int) -> EmailDomain:
    """Throw away the DKIM key that waits for its record."""
    who = actor(request)
    domain_commands.drop_new_key(who, domain_id=domain_id)
    return _answer(who, domain_id)


@console.post(
    "/email/domains/{domain_id}/senders",
    response={201: EmailSenderAnswer, **refusals(Forbidden, NotFound, InvalidInput, SenderTaken)},
    **needs(CONFIGURE_EMAIL),
)
def add_email_sender(request: HttpRequest, domain_id: int, payload: EmailSenderChange) -> Status[EmailSenderAnswer]:
    """Add a sender to a domain."""
    made = sender_commands.add_sender(actor(request), domain_id=domain_id, **payload.model_dump())
    return Status(201, _sender(made))


@console.put(
    "/email/senders/{sender_id}",
    response={200: EmailSenderAnswer, **refusals(Forbidden, NotFound, InvalidInput, SenderTaken)},
    **needs(CONFIGURE_EMAIL),
)
def change_email_sender(request: HttpRequest, sender_id: int, payload: EmailSenderChange) -> EmailSenderAnswer:
    """Change a sender; mails that wait go out in the new name."""
    return _sender(sender_commands.change_sender(actor(request), sender_id=sender_id, **payload.model_dump()))


@console.delete(
    "/email/senders/{sender_id}",
    response={204: None, **refusals(Forbidden, NotFound, StillUsed)},
    **needs(CONFIGURE_EMAIL),
)
def remove_email_sender(request: HttpRequest, sender_id: int) -> Status[None]:
    """Take a sender away."""
    sender_commands.remove_sender(actor(request), sender_id=sender_id)
    return Status(204, None)


def _ways(said: EmailDomainChange) -> DomainWays:
    given = said.model_dump(exclude={"name", "password"})
    return DomainWays(**given, password=said.password or None)


def _answer(who: Actor, domain_id: int) -> EmailDomain:
    return _shown(queries.settings.domain(who, domain_id))


def _shown(row: SenderDomain) -> EmailDomain:
    card = domain_card(row)
    found = {one["key"]: Finding(**one) for one in row.state.findings}
    return EmailDomain(
        id=row.id,
        name=row.name,
        host=row.host,
        port=row.port,
        security=row.security,
        user=row.user,
        password_set=bool(row.password),
        back_host=row.back_host,
        spf_wanted=row.spf_wanted,
        per_minute=row.per_minute,
        off=row.off,
        selector=row.selector,
        next_selector=row.next_selector,
        records=[_record(one, found.get(one.key)) for one in wanted(card)],
        checked_at=row.state.checked_at,
        senders=[_sender(one) for one in row.senders.all()],
    )


def _record(should: Finding, found: Finding | None) -> EmailRecord:
    # What is wanted may have changed since somebody looked; then nobody has looked at this.
    fits = found is not None and (found.wanted, found.key) == (should.wanted, should.key)
    said = found if found is not None and fits else should
    problem = PROBLEMS.get(said.problem)
    return EmailRecord(
        **{key: value for key, value in asdict(said).items() if key != "problem"},
        label=RECORDS[said.key].here(),
        kind=_KINDS[said.key],
        ok=not said.problem,
        looked=fits,
        problem=problem.here() if problem else "",
    )


def _sender(row: EmailSender) -> EmailSenderAnswer:
    return EmailSenderAnswer(
        id=row.id, domain_id=row.domain_id, name=row.name, local=row.local, address=row.address, reply_to=row.reply_to
    )
