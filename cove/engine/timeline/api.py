"""Console: what happened with a contact."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query, Router

from cove.engine.timeline import queries
from cove.engine.timeline.captions.render import Told, tell
from cove.engine.timeline.permissions import SEE_TIMELINE
from cove.engine.timeline.schemas import (
    FirstTouchAnswer,
    FirstTouchFrame,
    HappeningAnswer,
    HappeningCause,
    HappeningMember,
    HappeningSource,
    UtmAnswer,
)
from cove.kernel.clickhouse.client import ClickHouseAway
from cove.kernel.errors import Forbidden, NotFound
from cove.kernel.http.answers import refusals
from cove.kernel.http.doors import actor
from cove.kernel.http.gates import needs
from cove.kernel.ids import ANONYMOUS_BIT
from cove.kernel.paging import Page

console = Router(tags=["timeline"])

_SAFE_INTEGER = 2**53  # what a JavaScript number holds exactly (ECMA-262, Number.MAX_SAFE_INTEGER)


@console.get(
    "/contacts/{contact_id}/timeline",
    response={200: Page[HappeningAnswer], **refusals(Forbidden, NotFound, ClickHouseAway)},
    **needs(SEE_TIMELINE),
)
def read_timeline(
    request: HttpRequest,
    contact_id: int,
    kind: Annotated[str, Query(max_length=1000)] = "",
    cursor: str | None = None,
    limit: int = 50,
) -> Page[HappeningAnswer]:
    """Read a contact's timeline, newest first; `kind` narrows to kinds of fact, separated by commas."""
    who = actor(request)
    kinds = [part.strip() for part in kind.split(",") if part.strip()]
    found, following = queries.timeline(who, contact_id, kinds=kinds, cursor=cursor, limit=limit)
    return Page(items=[_answer(told) for told in tell(who, contact_id, found)], next_cursor=following)


@console.get(
    "/contacts/{contact_id}/first-touch",
    response={200: FirstTouchFrame, **refusals(Forbidden, NotFound, ClickHouseAway)},
    **needs(SEE_TIMELINE),
)
def read_first_touch(request: HttpRequest, contact_id: int) -> FirstTouchFrame:
    """Read by which visit a contact first came."""
    found = queries.first_touch(actor(request), contact_id)
    if found is None:
        return FirstTouchFrame(first_touch=None)
    return FirstTouchFrame(
        first_touch=FirstTouchAnswer(at=found.at, utm=UtmAnswer(**found.utm), referrer=found.referrer or None)
    )


def _answer(told: Told) -> HappeningAnswer:
    one = told.happening
    cause = HappeningCause(kind=one.cause_kind, label=told.cause[0], caption=told.cause[1]) if told.cause else None
    return HappeningAnswer(
        id=one.position,
        kind=one.kind,
        label=told.label,
        caption=told.caption,
        at=one.at,
        recorded_at=one.recorded_at,
        source=HappeningSource(kind=one.source, label=told.source_label),
        cause=cause,
        member=HappeningMember(id=told.member.id, name=told.member.name) if told.member else None,
        properties={name: _safe(value) for name, value in one.payload.items()},
        anonymous=one.person_id >= ANONYMOUS_BIT,
    )


def _safe(value: Any) -> Any:
    return str(value) if isinstance(value, int) and abs(value) >= _SAFE_INTEGER else value
