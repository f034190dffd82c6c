"""Console: mail templates, how they would look, and a test of them."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query, Router, Status

from cove.directory.org import facade as org
from cove.engine.channels.email import queries
from cove.engine.channels.email.commands import templates as commands
from cove.engine.channels.email.commands.messages import test_draft
from cove.engine.channels.email.errors import BadTemplate, LeadsOut, NameTaken, NoSuchSender, NoUnsubscribeLink
from cove.engine.channels.email.models import EmailTemplate
from cove.engine.channels.email.permissions import SEE_EMAIL, WRITE_TEMPLATES
from cove.engine.channels.email.queries.preview import VARIABLES, preview
from cove.engine.channels.email.schemas.templates import (
    EmailPreview,
    EmailTemplateAnswer,
    EmailTemplateChange,
    EmailTemplateDraft,
    EmailTemplateLine,
    EmailTest,
    EmailTestSent,
    EmailVariable,
)
from cove.kernel.errors import Forbidden, InvalidInput, NotFound
from cove.kernel.http.answers import refusals
from cove.kernel.http.doors import actor
from cove.kernel.http.gates import needs
from cove.kernel.paging import DEFAULT_LIMIT, Page, bounded_count, slice_after

console = Router()

_BAD = (BadTemplate, LeadsOut, NoUnsubscribeLink)


@console.get("/email/templates", response={200: Page[EmailTemplateLine], **refusals(Forbidden)}, **needs(SEE_EMAIL))
def list_email_templates(
    request: HttpRequest,
    search: Annotated[str, Query(max_length=100)] = "",
    cursor: str | None = None,
    limit: int = DEFAULT_LIMIT,
) -> Page[EmailTemplateLine]:
    """List templates, the latest changed first."""
    rows = queries.settings.templates(actor(request), search=search.strip())
    found, following = slice_after(rows, sort="-changed_at", cursor=cursor, limit=limit)
    total, exact = bounded_count(rows)
    items = [EmailTemplateLine(**_line(row)) for row in found]
    return Page(items=items, next_cursor=following, total=total, total_exact=exact)


@console.get("/email/variables", response={200: list[EmailVariable], **refusals(Forbidden)}, **needs(SEE_EMAIL))
def list_email_variables(request: HttpRequest) -> list[EmailVariable]:
    """List the variables that every template may use."""
    actor(request).require(SEE_EMAIL)
    return [EmailVariable(name=name, label=label.here()) for name, label in VARIABLES.items()]


@console.post(
    "/email/templates",
    response={201: EmailTemplateAnswer, **refusals(Forbidden, NameTaken, *_BAD)},
    **needs(WRITE_TEMPLATES),
)
def add_email_template(request: HttpRequest, payload: EmailTemplateChange) -> Status[EmailTemplateAnswer]:
    """Make a template."""
    return Status(201, _shown(commands.create_template(actor(request), **payload.model_dump())))


@console.post(
    "/email/templates/preview",
    response={200: EmailPreview, **refusals(Forbidden, *_BAD)},
    **needs(SEE_EMAIL),
)
def preview_email(request: HttpRequest, payload: EmailTemplateDraft) -> EmailPreview:
    """Show how a mail would be read; nothing is kept."""
    who = actor(request)
    who.require(SEE_EMAIL)
    shown = preview(**payload.model_dump(), company=org.tenant(who).name)
    return EmailPreview(subject=shown.subject, html=shown.html, text=shown.text, needs=sorted(shown.needs))


@console.post(
    "/email/templates/test",
    response={202: EmailTestSent, **refusals(Forbidden, InvalidInput, NoSuchSender, *_BAD)},
    **needs(WRITE_TEMPLATES),
)
def send_email_test(request: HttpRequest, payload: EmailTest) -> Status[EmailTestSent]:
    """Send a draft to one address, as it would go out but untracked."""
    number = test_draft(actor(request), **payload.model_dump())
    return Status(202, EmailTestSent(message_id=number))


@console.get(
    "/email/templates/{email_template_id}",
    response={200: EmailTemplateAnswer, **refusals(Forbidden, NotFound)},
    **needs(SEE_EMAIL),
)
def read_email_template(request: HttpRequest, email_template_id: int) -> EmailTemplateAnswer:
    """Read one template."""
    return _shown(queries.settings.template(actor(request), email_template_id))


@console.put(
    "/email/templates/{email_template_id}",
    response={200: EmailTemplateAnswer, **refusals(Forbidden, NotFound, NameTaken, *_BAD)},
    **needs(WRITE_TEMPLATES),
)
def change_email_template(
    request: HttpRequest, email_template_id: int, payload: EmailTemplateChange
) -> EmailTemplateAnswer:
    """Write a template anew; mails that wait already keep what they say."""
    who = actor(request)
    return _shown(commands.change_template(who, template_id=email_template_id, **payload.model_dump()))


@console.delete(
    "/email/templates/{email_template_id}",
    response={204: None, **refusals(Forbidden, NotFound)},
    **needs(WRITE_TEMPLATES),
)
def delete_email_template(request: HttpRequest, email_template_id: int) -> Status[None]:
    """Take a template away; mails that wait still go out."""
    commands.delete_template(actor(request), template_id=email_template_id)
    return Status(204, None)


def _shown(row: EmailTemplate) -> EmailTemplateAnswer:
    return EmailTemplateAnswer(**_line(row), html=row.html, text=row.text)


def _line(row: EmailTemplate) -> dict[str, Any]:
    return {
        "id": row.id,
        "name": row.name,
        "subject": row.subject,
        "purpose": row.purpose,
        "changed_at": row.changed_at,
        "created_by": row.created_by.name if row.created_by else None,
    }
