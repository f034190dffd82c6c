"""Console: what became of mails, and the addresses to which nothing goes."""

from __future__ import annotations

from dataclasses import asdict
from datetime import timedelta
from typing import Annotated, Literal

from django.http import HttpRequest
from ninja import Query, Router, Status

from cove.engine.channels.email.commands import suppressions as commands
from cove.engine.channels.email.errors import AlreadySuppressed
from cove.engine.channels.email.models import Suppression
from cove.engine.channels.email.permissions import SEE_EMAIL, SUPPRESS
from cove.engine.channels.email.queries.results import results, results_by_host
from cove.engine.channels.email.queries.suppressions import REASON_LABELS, suppressions
from cove.engine.channels.email.schemas.results import EmailResults, EmailTally, NewSuppression, SuppressionAnswer
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.errors import Forbidden, InvalidInput, NotFound
from cove.kernel.http.answers import refusals
from cove.kernel.http.doors import actor
from cove.kernel.http.gates import needs
from cove.kernel.http.masking import text_shown_to
from cove.kernel.paging import DEFAULT_LIMIT, Page, bounded_count, slice_after

console = Router()


@console.get("/email/results", response={200: EmailResults, **refusals(Forbidden)}, **needs(SEE_EMAIL))
def read_email_results(
    request: HttpRequest,
    days: Annotated[int, Query(ge=1, le=730)] = 30,
    template_id: Annotated[int | None, Query(ge=1, le=2**63 - 1)] = None,
    cause: Annotated[str, Query(max_length=100)] = "",
) -> EmailResults:
    """Count what became of the mails of some days, all and by the domain they went to."""
    who, since = actor(request), clock.now() - timedelta(days=days)
    total = results(who, since=since, template_id=template_id, cause=cause)
    hosts = results_by_host(who, since=since, template_id=template_id, cause=cause)
    return EmailResults(
        days=days, total=EmailTally(**asdict(total)), hosts=[EmailTally(**asdict(one)) for one in hosts]
    )


@console.get("/email/suppressions", response={200: Page[SuppressionAnswer], **refusals(Forbidden)}, **needs(SEE_EMAIL))
def list_suppressions(
    request: HttpRequest,
    search: Annotated[str, Query(max_length=254)] = "",
    reason: Literal["", "hard_bounce", "complaint", "manual"] = "",
    cursor: str | None = None,
    limit: int = DEFAULT_LIMIT,
) -> Page[SuppressionAnswer]:
    """List the addresses to which nothing goes, newest first."""
    who = actor(request)
    rows = suppressions(who, search=search.strip(), reason=reason).select_related("created_by")
    found, following = slice_after(rows, sort="-created_at", cursor=cursor, limit=limit)
    total, exact = bounded_count(rows)
    items = [_shown(who, row) for row in found]
    return Page(items=items, next_cursor=following, total=total, total_exact=exact)


@console.post(
    "/email/suppressions",
    response={201: SuppressionAnswer, **refusals(Forbidden, InvalidInput, AlreadySuppressed)},
    **needs(SUPPRESS),
)
def add_suppression(request: HttpRequest, payload: NewSuppression) -> Status[SuppressionAnswer]:
    """Put an address onto the list."""
    who = actor(request)
    return Status(201, _shown(who, commands.suppress(who, address=payload.address, detail=payload.detail)))


@console.delete(
    "/email/suppressions/{suppression_id}", response={204: None, **refusals(Forbidden, NotFound)}, **needs(SUPPRESS)
)
def lift_suppression(request: HttpRequest, suppression_id: int) -> Status[None]:
    """Take an address off the list."""
    commands.lift(actor(request), suppression_id=suppression_id)
    return Status(204, None)


def _shown(who: Actor, row: Suppression) -> SuppressionAnswer:
    return SuppressionAnswer(
        id=row.id,
        address=text_shown_to(who, row.address),
        reason=row.reason,
        reason_label=REASON_LABELS[Suppression.Reason(row.reason)].here(),
        detail=text_shown_to(who, row.detail),
        created_at=row.created_at,
        created_by=row.created_by.name if row.created_by else None,
    )
