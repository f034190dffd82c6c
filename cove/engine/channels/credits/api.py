"""Console: what the company may still send."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest
from ninja import Router

from cove.engine.channels.credits import queries
from cove.engine.channels.credits.contracts import What
from cove.engine.channels.credits.models import CreditMovement
from cove.engine.channels.credits.permissions import SEE_CREDITS
from cove.engine.channels.credits.schemas import CreditAnswer, MovementAnswer
from cove.kernel.errors import Forbidden, NotFound
from cove.kernel.http.answers import refusals
from cove.kernel.http.doors import actor
from cove.kernel.http.gates import needs
from cove.kernel.paging import DEFAULT_LIMIT, Page, slice_after

console = Router(tags=["channels"])


@console.get("/credits", response={200: list[CreditAnswer], **refusals(Forbidden)}, **needs(SEE_CREDITS))
def list_credits(request: HttpRequest) -> list[CreditAnswer]:
    """Tell what is left of each tariff, and on what terms."""
    return [CreditAnswer(**one.told()) for one in queries.states(actor(request))]


@console.get(
    "/credits/{tariff}/movements",
    response={200: Page[MovementAnswer], **refusals(Forbidden, NotFound)},
    **needs(SEE_CREDITS),
)
def list_credit_movements(
    request: HttpRequest, tariff: str, cursor: str | None = None, limit: int = DEFAULT_LIMIT
) -> Page[MovementAnswer]:
    """List what went into an account and out of it, the newest first."""
    rows = queries.movements(actor(request), tariff)
    found, following = slice_after(rows, sort="-id", cursor=cursor, limit=limit)
    return Page(items=[_movement(row) for row in found], next_cursor=following)


def _movement(row: CreditMovement) -> MovementAnswer:
    return MovementAnswer(
        id=row.id,
        what=cast("What", row.what),
        at=row.hour,
        amount=row.amount,
        messages=row.messages,
        note=row.note,
    )
