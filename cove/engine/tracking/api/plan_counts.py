"""Console: where what came broke the tracking plan."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest
from ninja import Query, Router, Status

from cove.engine.tracking.api.plan import answer_for_event
from cove.engine.tracking.api.samples import shown_deep
from cove.engine.tracking.commands.plan_counts import adopt
from cove.engine.tracking.errors import EventChanged, EventNameTaken, EventPublished, NothingCame, PlanFull
from cove.engine.tracking.permissions import MANAGE_PLAN, SEE_PLAN
from cove.engine.tracking.queries.plan import names_in_plan
from cove.engine.tracking.queries.plan_counts import LOOK_BACK_DAYS, Breach, breaches
from cove.engine.tracking.schemas.plan import BreachKind, PlannedEventAnswer
from cove.engine.tracking.schemas.plan_counts import BreachAnswer, BreachesAnswer, BreachSample, WhatCame
from cove.kernel.actor import Actor
from cove.kernel.errors import Forbidden, InvalidInput, NotFound
from cove.kernel.http.answers import refusals
from cove.kernel.http.doors import actor
from cove.kernel.http.gates import needs

console = Router(tags=["tracking plan"])


@console.get("/tracking/plan/breaches", response={200: BreachesAnswer, **refusals(Forbidden)}, **needs(SEE_PLAN))
def list_breaches(
    request: HttpRequest,
    days: Annotated[int, Query(ge=1, le=LOOK_BACK_DAYS)] = 7,
    kind: BreachKind | None = None,
    event: Annotated[str, Query(max_length=100)] = "",
) -> BreachesAnswer:
    """List the ways in which events broke the plan lately, the most frequent first, with samples. Nothing of it was left out."""
    who = actor(request)
    found, more = breaches(who, days=days, kind=kind or "", event=event)
    planned = names_in_plan(who, {one.event for one in found})
    return BreachesAnswer(items=[_answer(who, one, planned) for one in found], more=more)


@console.post(
    "/tracking/plan/adopted",
    response={
        201: PlannedEventAnswer,
        **refusals(
            Forbidden, NotFound, NothingCame, EventNameTaken, EventChanged, EventPublished, PlanFull, InvalidInput
        ),
    },
    **needs(MANAGE_PLAN),
)
def adopt_what_came(request: HttpRequest, payload: WhatCame) -> Status[PlannedEventAnswer]:
    """Take an event, a property or a choice that came into the plan being written; types are guessed from samples."""
    who = actor(request)
    row = adopt(who, kind=payload.kind, event=payload.event, property=payload.property)
    return Status(201, answer_for_event(who, row))


def _answer(who: Actor, one: Breach, planned: set[str]) -> BreachAnswer:
    samples = [BreachSample.model_validate({**sample, "got": shown_deep(who, sample["got"])}) for sample in one.samples]
    return BreachAnswer(
        event=one.event,
        property=one.property,
        kind=one.kind,  # type: ignore[arg-type]  # only these are asked for
        planned=one.event in planned,
        count=one.count,
        last_at=one.last_at,
        days=list(one.days),
        samples=samples,
    )
