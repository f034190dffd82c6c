"""Templates, and the contents that are made of them: styles written into elements, links known by number, nothing that cannot be filled."""

from __future__ import annotations

import hashlib
from urllib.parse import urlsplit

from django.db import IntegrityError, transaction

from cove.directory.org import facade as org
from cove.engine.channels.email.contracts.cards import COMPANY_SIGNPOST, LINK_SIGNPOST, Purpose
from cove.engine.channels.email.contracts.reading import read_draft
from cove.engine.channels.email.contracts.templates import (
    links_in,
)
from cove.engine.channels.email.errors import LeadsOut, NameTaken
from cove.engine.channels.email.models import EmailContent, EmailLink, EmailTemplate
from cove.engine.channels.email.permissions import WRITE_TEMPLATES
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.command import command
from cove.kernel.errors import NotFound
from cove.kernel.signposts.commands import put_signpost

MOST_LINKS = 100
LONGEST_URL = 2000


@command(WRITE_TEMPLATES)
def create_template(
    actor: Actor, *, name: str, subject: str, html: str, text: str = "", purpose: Purpose = "marketing"
) -> EmailTemplate:
    """Make a template. Without `text` the plain text is made of the HTML. Raises NameTaken, BadTemplate, LeadsOut, NoUnsubscribeLink."""
    now = clock.now()
    row = EmailTemplate(created_at=now, created_by_id=actor.member_id)
    return _written(actor, row, name=name, subject=subject, html=html, text=text, purpose=purpose)


@command(WRITE_TEMPLATES)
def change_template(
    actor: Actor,
    *,
    template_id: int,
    name: str,
    subject: str,
    html: str,
    text: str = "",
    purpose: Purpose = "marketing",
) -> EmailTemplate:
    """Write a template anew; mails that wait already keep what they say. Raises NotFound and what `create_template` raises."""
    row = _locked(actor, template_id)
    return _written(actor, row, name=name, subject=subject, html=html, text=text, purpose=purpose)


@command(WRITE_TEMPLATES)
def delete_template(actor: Actor, *, template_id: int) -> None:
    """Take a template away; mails that wait still go out. Raises NotFound."""
    row = _locked(actor, template_id)
    row.deleted_at = clock.now()
    row.save(update_fields=["deleted_at"])


def make_content(actor: Actor, *, subject: str, html: str, text: str, purpose: Purpose) -> EmailContent:
    """Keep what a mail says, ready to be filled; within a command. Raises BadTemplate, LeadsOut, NoUnsubscribeLink."""
    draft = read_draft(subject=subject, html=html, text=text, purpose=purpose)
    row = EmailContent.objects.create(
        subject=draft.plain_subject,
        html=draft.markup,
        text=draft.plain,
        purpose=purpose,
        links=_links(actor, links_in(draft.markup)),
        created_at=clock.now(),
    )
    put_signpost(COMPANY_SIGNPOST, str(actor.tenant_id), {"company": org.tenant(actor).name})
    return row


def _written(
    actor: Actor, row: EmailTemplate, *, name: str, subject: str, html: str, text: str, purpose: Purpose
) -> EmailTemplate:
    said = (" ".join(subject.split()), html, text, purpose)
    if row.pk is None or (row.subject, row.html, row.text, row.purpose) != said:
        row.content = make_content(actor, subject=subject, html=html, text=text, purpose=purpose)
    row.name = name.strip()
    row.subject, row.html, row.text, row.purpose = said
    row.changed_at = clock.now()
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        if "email_template_name_once" not in str(error):
            raise
        raise NameTaken(name=row.name, fields={"name": NameTaken.words.with_values(name=row.name)}) from error
    return row


def _links(actor: Actor, urls: list[str]) -> dict[str, int]:
    for url in urls[MOST_LINKS:] + [one for one in urls if not _leads_somewhere(one)]:
        raise LeadsOut(part=url[:200], fields={"html": LeadsOut.words.with_values(part=url[:200])})
    found: dict[str, int] = {}
    for url in urls:
        digest = hashlib.sha256(url.encode()).hexdigest()
        row, made = EmailLink.objects.get_or_create(digest=digest, defaults={"url": url})
        if made:
            put_signpost(LINK_SIGNPOST, str(row.id), {"url": url})
        found[url] = row.id
    return found


def _leads_somewhere(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return (
            bool(parts.hostname)
            and parts.username is None
            and not any(one.isspace() for one in url)
            and len(url) <= LONGEST_URL
        )
    except ValueError:
        return False


def _locked(actor: Actor, template_id: int) -> EmailTemplate:
    row = EmailTemplate.visible_to(actor).select_for_update().filter(id=template_id).first()
    if row is None:
        raise NotFound
    return row
