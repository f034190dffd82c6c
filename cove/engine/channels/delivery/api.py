"""Console: what went out, and why the rest did not."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Router

from cove.engine.channels.delivery import queries
from cove.engine.channels.delivery.contracts import STATE_LABELS, State, kinds
from cove.engine.channels.delivery.models import Delivery
from cove.engine.channels.delivery.permissions import SEE_DELIVERIES
from cove.engine.channels.delivery.schemas import DeliveryAnswer
from cove.facts.delivery import REASONS
from cove.kernel.errors import Forbidden
from cove.kernel.http.answers import refusals
from cove.kernel.http.doors import actor
from cove.kernel.http.gates import needs
from cove.kernel.paging import DEFAULT_LIMIT, Page, bounded_count, slice_after

console = Router(tags=["channels"])


@console.get("/deliveries", response={200: Page[DeliveryAnswer], **refusals(Forbidden)}, **needs(SEE_DELIVERIES))
def list_deliveries(
    request: HttpRequest,
    state: State | None = None,
    kind: str = "",
    cursor: str | None = None,
    limit: int = DEFAULT_LIMIT,
) -> Page[DeliveryAnswer]:
    """List outward acts, newest first, in one state or of one kind if asked."""
    rows = queries.deliveries(actor(request), state=state or "", kind=kind)
    found, following = slice_after(rows, sort="-id", cursor=cursor, limit=limit)
    total, exact = bounded_count(rows)
    return Page(items=[_shown(row) for row in found], next_cursor=following, total=total, total_exact=exact)


def _shown(row: Delivery) -> DeliveryAnswer:
    kind, reason = kinds.get(row.kind), REASONS.get(row.reason)
    return DeliveryAnswer(
        id=row.id,
        kind=row.kind,
        label=kind.label.here() if kind else row.kind,
        state=row.state,
        state_label=STATE_LABELS[State(row.state)].here(),
        reason=row.reason,
        reason_label=reason.here() if reason else "",
        errcode=row.errcode,
        attempts=row.attempts,
        created_at=row.created_at,
        not_after=row.not_after,
        finished_at=row.finished_at,
    )
