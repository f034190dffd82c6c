"""Console: the installation's own mail, and whether there is a server for it."""

from __future__ import annotations

from datetime import datetime
from typing import Literal, cast

from django.http import HttpRequest
from ninja import Router
from pydantic import BaseModel

from cove.kernel.errors import Forbidden
from cove.kernel.http.answers import refusals
from cove.kernel.http.doors import actor
from cove.kernel.http.gates import needs, signed_in
from cove.kernel.mail import queries
from cove.kernel.mail.commands import mail_is_set_up
from cove.kernel.mail.models import Mail
from cove.kernel.mail.permissions import SEE_MAILS
from cove.kernel.mail.reasons import REASONS
from cove.kernel.paging import DEFAULT_LIMIT, Page, bounded_count, slice_after

console = Router(tags=["mail"])

MailState = Literal["pending", "sending", "handing_over", "sent", "failed", "unknown"]


class MailSetUp(BaseModel):
    """Whether this installation has a mail server; without one nothing is mailed."""

    set_up: bool


class MailAnswer(BaseModel):
    """One mail without its body; `reason` says in words why it was not sent, or why nobody knows."""

    id: int
    recipient: str
    subject: str
    state: MailState
    reason: str
    attempts: int
    created_at: datetime
    finished_at: datetime | None


@console.get("/mail-set-up", response={200: MailSetUp, **refusals()}, **signed_in())
def read_set_up(request: HttpRequest) -> MailSetUp:
    """Tell whether mail is set up."""
    return MailSetUp(set_up=mail_is_set_up())


@console.get("/mails", response={200: Page[MailAnswer], **refusals(Forbidden)}, **needs(SEE_MAILS))
def list_mails(
    request: HttpRequest, state: MailState | None = None, cursor: str | None = None, limit: int = DEFAULT_LIMIT
) -> Page[MailAnswer]:
    """List the mails of the last thirty days, newest first."""
    rows = queries.mails(actor(request), state=state or "")
    found, following = slice_after(rows, sort="-created_at", cursor=cursor, limit=limit)
    total, exact = bounded_count(rows)
    return Page(items=[_mail(row) for row in found], next_cursor=following, total=total, total_exact=exact)


def _mail(row: Mail) -> MailAnswer:
    words = REASONS.get(row.reason)
    return MailAnswer(
        id=row.id,
        recipient=row.recipient,
        subject=row.subject,
        state=cast("MailState", row.state),
        reason=words.here() if words else row.reason,
        attempts=row.attempts,
        created_at=row.created_at,
        finished_at=row.finished_at,
    )
