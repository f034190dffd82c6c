"""Console: facts that were set aside, and the catalogue."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest
from ninja import Router
from pydantic import BaseModel

from cove.kernel.errors import Forbidden, NotFound
from cove.kernel.http.answers import refusals
from cove.kernel.http.doors import actor
from cove.kernel.http.gates import needs, signed_in
from cove.kernel.http.masking import text_shown_to
from cove.kernel.log import queries
from cove.kernel.log.commands import retry_fact
from cove.kernel.log.fact import catalogue
from cove.kernel.log.permissions import RETRY_FACT, SEE_FAILURES
from cove.kernel.paging import DEFAULT_LIMIT, Page, bounded_count, slice_after

console = Router(tags=["log"])


class FactKindAnswer(BaseModel):
    kind: str
    label: str
    description: str
    owner: str


class FactKindsAnswer(BaseModel):
    items: list[FactKindAnswer]


class FailureAnswer(BaseModel):
    """A fact that a reaction could not digest."""

    id: int
    consumer: str
    fact_kind: str
    caption: str
    error: str
    failed_at: datetime
    tries: int


class RetryAnswer(BaseModel):
    digested: bool


@console.get("/facts", response={200: FactKindsAnswer, **refusals()}, **signed_in(keys=True))
def list_fact_kinds(request: HttpRequest) -> FactKindsAnswer:
    """List what can happen: the catalogue behind timeline, rules and triggers."""
    return FactKindsAnswer(
        items=[
            FactKindAnswer(
                kind=kind.kind,
                label=kind.label.here(),
                description=(kind.__doc__ or "").strip(),
                owner=kind.kind.split(".")[0],
            )
            for kind in catalogue
            if kind.on_timeline
        ]
    )


@console.get("/log/failures", response={200: Page[FailureAnswer], **refusals(Forbidden)}, **needs(SEE_FAILURES))
def list_failures(request: HttpRequest, cursor: str | None = None, limit: int = DEFAULT_LIMIT) -> Page[FailureAnswer]:
    """List facts that were set aside, newest first."""
    who = actor(request)
    rows = queries.failures(who)
    found, following = slice_after(rows, sort="-failed_at", cursor=cursor, limit=limit)
    total, exact = bounded_count(rows)
    items = [
        FailureAnswer(
            id=row.id,
            consumer=row.consumer,
            fact_kind=row.kind,
            caption=catalogue[row.kind].label.here() if row.kind in catalogue else row.kind,
            error=text_shown_to(who, row.error),
            failed_at=row.failed_at,
            tries=row.tries,
        )
        for row in found
    ]
    return Page(items=items, next_cursor=following, total=total, total_exact=exact)


@console.post(
    "/log/failures/{failure_id}/retry",
    response={200: RetryAnswer, **refusals(Forbidden, NotFound)},
    **needs(RETRY_FACT),
)
def retry_failure(request: HttpRequest, failure_id: int) -> RetryAnswer:
    """Let the reaction see the fact again."""
    return RetryAnswer(digested=retry_fact(actor(request), set_aside_id=failure_id))
