"""Domains, senders and templates as the console shows them."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Prefetch, Q, QuerySet

from cove.engine.channels.email.contracts.cards import DomainCard
from cove.engine.channels.email.models import EmailSender, EmailTemplate, SenderDomain
from cove.engine.channels.email.permissions import SEE_EMAIL
from cove.kernel.actor import Actor
from cove.kernel.errors import NotFound


def domains(actor: Actor) -> list[SenderDomain]:
    """Return the tenant's domains with their senders and what is known of them. Raises Forbidden."""
    actor.require(SEE_EMAIL)
    senders = Prefetch("senders", EmailSender.visible_to(actor).order_by("id"))
    rows = SenderDomain.visible_to(actor).select_related("state").prefetch_related(senders)
    return list(rows.order_by("name"))


def domain(actor: Actor, domain_id: int) -> SenderDomain:
    """Return one domain with its senders. Raises Forbidden, NotFound."""
    found = next((row for row in domains(actor) if row.id == domain_id), None)
    if found is None:
        raise NotFound
    return found


def domain_card(row: SenderDomain) -> DomainCard:
    """Return a domain as the DNS should know it."""
    return DomainCard(
        row.id,
        row.name,
        row.selector,
        row.public_key,
        row.back_host,
        urlsplit(settings.PUBLIC_URL).hostname or "",
        row.host,
        row.spf_wanted,
        row.next_selector,
        row.next_public_key,
    )


def senders(actor: Actor) -> list[EmailSender]:
    """Return the senders in whose name mail may go out now. Raises Forbidden."""
    actor.require(SEE_EMAIL)
    return list(EmailSender.visible_to(actor).filter(domain__off=False).order_by("name", "id"))


def templates(actor: Actor, *, search: str = "") -> QuerySet[EmailTemplate]:
    """Return the templates, with a text in name or subject if asked. Raises Forbidden."""
    actor.require(SEE_EMAIL)
    rows = EmailTemplate.visible_to(actor).select_related("created_by")
    return rows.filter(Q(name__icontains=search) | Q(subject__icontains=search)) if search else rows


def template(actor: Actor, template_id: int) -> EmailTemplate:
    """Return one template. Raises Forbidden, NotFound."""
    found = templates(actor).filter(id=template_id).first()
    if found is None:
        raise NotFound
    return found
