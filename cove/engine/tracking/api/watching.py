"""Console: events of a source as they arrive."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest
from ninja import Query, Router

from cove.engine.tracking.api.samples import shown_deep
from cove.engine.tracking.commands.watching import WATCH_SECONDS, keep_watching, watch_source
from cove.engine.tracking.models import Sighting
from cove.engine.tracking.permissions import WATCH_SOURCES
from cove.engine.tracking.queries.checking import Plan, findings
from cove.engine.tracking.queries.plan import plan_in_force
from cove.engine.tracking.queries.watching import is_watched, sightings
from cove.engine.tracking.schemas.watching import (
    PlanFindingAnswer,
    SightingAnswer,
    SightingsAnswer,
    WatchAnswer,
    WatchBegun,
)
from cove.kernel.actor import Actor
from cove.kernel.errors import Forbidden, NotFound
from cove.kernel.http.answers import refusals
from cove.kernel.http.doors import actor
from cove.kernel.http.gates import needs
from cove.kernel.http.masking import text_shown_to
from cove.kernel.words import Words

console = Router(tags=["tracking"])

_NO_TEXT = ["", ""]


@console.post(
    "/tracking/sources/{source_id}/watch",
    response={200: WatchAnswer, **refusals(Forbidden, NotFound)},
    **needs(WATCH_SOURCES),
)
def watch(request: HttpRequest, source_id: int, payload: WatchBegun) -> WatchAnswer:
    """Have the events of a source shown as they arrive, for a while; the live event `tracking_seen` says that there are some."""
    (keep_watching if payload.again else watch_source)(actor(request), source_id=source_id)
    return WatchAnswer(seconds=WATCH_SECONDS)


@console.get(
    "/tracking/sources/{source_id}/seen",
    response={200: SightingsAnswer, **refusals(Forbidden, NotFound)},
    **needs(WATCH_SOURCES),
)
def list_seen(
    request: HttpRequest, source_id: int, after: Annotated[int, Query(ge=0, lt=2**63)] = 0
) -> SightingsAnswer:
    """List what arrived after `after`, at most 200, refused events with their remedy. What has only just come may come again."""
    who = actor(request)
    rows = sightings(who, source_id=source_id, after=after)
    plan = plan_in_force(who)
    return SightingsAnswer(items=[_answer(who, row, plan) for row in rows], watched=is_watched(who, source_id))


def _answer(who: Actor, row: Sighting, plan: Plan) -> SightingAnswer:
    judged = row.type == "track" and row.verdict != "refused" and not row.name.startswith("$")
    found = findings(plan, row.name, row.properties) if judged and plan.number else []
    if row.texts["cut"]:
        found = [one for one in found if one.kind != "missing"]  # it may be among those that did not fit
    return SightingAnswer(
        id=row.id,
        type=row.type,
        name=text_shown_to(who, row.name),
        message_id=row.message_id,
        at=row.at,
        verdict=row.verdict,  # type: ignore[arg-type]  # the collector knows no others
        code=row.code,
        message=text_shown_to(who, Words(*row.texts.get("message", _NO_TEXT)).plain()),
        fields={name: text_shown_to(who, Words(*both).plain()) for name, both in row.texts["fields"].items()},
        properties={name: shown_deep(who, value) for name, value in row.properties.items()},
        findings=[PlanFindingAnswer(kind=one.kind, property=one.property, expected=one.expected) for one in found],
        left_out=row.left_out,
    )
