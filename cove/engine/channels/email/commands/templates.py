"""Templates, and the contents that are made of them: styles written into elements, links known by number, nothing that cannot be filled."""

from __future__ import annotations

import hashlib
from urllib.parse import urlsplit

import css_inline
from django.db import IntegrityError, transaction

from cove.directory.org import facade as org
from cove.engine.channels.email.contracts.cards import COMPANY_SIGNPOST, LINK_SIGNPOST, Purpose
from cove.engine.channels.email.contracts.plain import plain_text
from cove.engine.channels.email.contracts.templates import UNSUBSCRIBE, BadText, links_in, names_in, read_markup, read_text
from cove.engine.channels.email.errors import BadTemplate, LeadsOut, NameTaken, NoUnsubscribeLink
from cove.engine.channels.email.models import EmailContent, EmailLink, EmailTemplate
from cove.engine.channels.email.permissions import WRITE_TEMPLATES
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.command import command
from cove.kernel.errors import NotFound
from cove.kernel.signposts.commands import put_signpost
from cove.kernel.words import Words

EXAMPLE = "{{ contact.name | 朋友 }}"
MOST_LINKS = 100

_inliner = css_inline.CSSInliner(load_remote_stylesheets=False, keep_style_tags=True)


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
    actor: Actor, *, template_id: int, name: str, subject: str, html: str, text: str = "", purpose: Purpose = "marketing"
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
    subject = " ".join(subject.split())
    ready = _inlined(html)
    text = text.strip() or plain_text(ready)
    _check(subject, ready, text, purpose)
    row = EmailContent.objects.create(
        subject=subject,
        html=ready,
        text=text,
        purpose=purpose,
        links=_links(actor, links_in(ready)),
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


def _inlined(html: str) -> str:
    try:
        return _inliner.inline(html)
    except css_inline.InlineError as error:
        raise _unreadable("html", str(error)[:60]) from error


def _check(subject: str, html: str, text: str, purpose: Purpose) -> None:
    names: set[str] = set()
    for field, said in (("subject", subject), ("html", html), ("text", text)):
        try:
            pieces = read_markup(said, {}) if field == "html" else read_text(said)
        except BadText as error:
            raise _unreadable(field, error.part) from error
        names |= names_in(pieces) if field == "html" else set()
        if field == "subject" and UNSUBSCRIBE in names_in(pieces):
            raise _unreadable(field, UNSUBSCRIBE)
    if purpose == "marketing" and UNSUBSCRIBE not in names:
        words = NoUnsubscribeLink.words.with_values(variable=f"{{{{ {UNSUBSCRIBE} }}}}")
        raise NoUnsubscribeLink(variable=f"{{{{ {UNSUBSCRIBE} }}}}", fields={"html": words})


def _unreadable(field: str, part: str) -> BadTemplate:
    words: Words = BadTemplate.words.with_values(part=part, example=EXAMPLE)
    return BadTemplate(part=part, example=EXAMPLE, fields={field: words})


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
        return bool(parts.hostname) and parts.username is None and not any(one.isspace() for one in url) and len(url) <= 2000
    except ValueError:
        return False


def _locked(actor: Actor, template_id: int) -> EmailTemplate:
    row = EmailTemplate.visible_to(actor).select_for_update().filter(id=template_id).first()
    if row is None:
        raise NotFound
    return row
