"""Console: the tracking plan."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Path, Query, Router, Status

from cove.engine.tracking.commands.plan import (
    Draft,
    add_event,
    change_event,
    publish_plan,
    remove_event,
    restore_version,
)
from cove.engine.tracking.errors import EventChanged, EventNameTaken, EventPublished, NothingToPublish, PlanFull
from cove.engine.tracking.models.plan import PlannedEvent, PlanVersion
from cove.engine.tracking.permissions import MANAGE_PLAN, SEE_PLAN
from cove.engine.tracking.queries import plan, plan_counts
from cove.engine.tracking.queries.snippets import SNIPPETS
from cove.engine.tracking.schemas.plan import (
    EventStatus,
    Language,
    PlanAnswer,
    PlanChanges,
    PlannedEventAnswer,
    PlannedEventChange,
    PlannedEventDraft,
    PlannedEventRow,
    PlanPublished,
    PlanSnippetAnswer,
    PlanVersionAnswer,
    PlanVersionsAnswer,
)
from cove.kernel.actor import Actor
from cove.kernel.errors import Forbidden, InvalidInput, NotFound
from cove.kernel.http.answers import refusals
from cove.kernel.http.doors import actor
from cove.kernel.http.gates import needs
from cove.kernel.http.shapes import NamedId
from cove.kernel.paging import DEFAULT_LIMIT, Page, bounded_count, slice_after

console = Router(tags=["tracking plan"])

COUNTED_DAYS = 7
VERSIONS_SHOWN = 100


@console.get("/tracking/plan", response={200: PlanAnswer, **refusals(Forbidden)}, **needs(SEE_PLAN))
def read_plan(request: HttpRequest) -> PlanAnswer:
    """Read which version is in force, and what publishing would change."""
    return _plan(actor(request))


@console.get("/tracking/plan/events", response={200: Page[PlannedEventRow], **refusals(Forbidden)}, **needs(SEE_PLAN))
def list_planned_events(
    request: HttpRequest,
    search: Annotated[str, Query(max_length=100)] = "",
    status: EventStatus | None = None,
    cursor: str | None = None,
    limit: int = DEFAULT_LIMIT,
) -> Page[PlannedEventRow]:
    """List the events being written, by name, with what came of them in the last seven days."""
    who = actor(request)
    rows = plan.planned_events(who, text=search.strip(), status=status or "")
    total, exact = bounded_count(rows)
    found, following = slice_after(rows.select_related("owner"), sort="name", cursor=cursor, limit=limit)
    in_force = _in_force(who)
    names = [row.name for row in found]
    came = plan_counts.arrived(who, days=COUNTED_DAYS, events=names)
    broke = plan_counts.broken(who, days=COUNTED_DAYS, events=names)
    items = [_row(row, in_force, came, broke) for row in found]
    return Page(items=items, next_cursor=following, total=total, total_exact=exact)


@console.post(
    "/tracking/plan/events",
    response={201: PlannedEventAnswer, **refusals(Forbidden, InvalidInput, EventNameTaken, PlanFull)},
    **needs(MANAGE_PLAN),
)
def add_planned_event(request: HttpRequest, payload: PlannedEventDraft) -> Status[PlannedEventAnswer]:
    """Add an event to the plan being written."""
    who = actor(request)
    return Status(201, answer_for_event(who, add_event(who, draft=_draft(payload))))


@console.get(
    "/tracking/plan/events/{event_id}",
    response={200: PlannedEventAnswer, **refusals(Forbidden, NotFound)},
    **needs(SEE_PLAN),
)
def read_planned_event(request: HttpRequest, event_id: int) -> PlannedEventAnswer:
    """Read one event being written."""
    who = actor(request)
    return answer_for_event(who, plan.planned_event(who, event_id))


@console.put(
    "/tracking/plan/events/{event_id}",
    response={
        200: PlannedEventAnswer,
        **refusals(Forbidden, NotFound, InvalidInput, EventChanged, EventPublished, EventNameTaken),
    },
    **needs(MANAGE_PLAN),
)
def write_planned_event(request: HttpRequest, event_id: int, payload: PlannedEventChange) -> PlannedEventAnswer:
    """Write an event anew; it is checked as before until the plan is published."""
    who = actor(request)
    return answer_for_event(who, change_event(who, event_id=event_id, revision=payload.revision, draft=_draft(payload)))


@console.delete(
    "/tracking/plan/events/{event_id}",
    response={204: None, **refusals(Forbidden, NotFound, EventPublished)},
    **needs(MANAGE_PLAN),
)
def remove_planned_event(request: HttpRequest, event_id: int) -> Status[None]:
    """Remove an event that was never published."""
    remove_event(actor(request), event_id=event_id)
    return Status(204, None)


@console.post(
    "/tracking/plan/versions",
    response={201: PlanVersionAnswer, **refusals(Forbidden, NothingToPublish)},
    **needs(MANAGE_PLAN),
)
def publish(request: HttpRequest, payload: PlanPublished) -> Status[PlanVersionAnswer]:
    """Put the plan as it is written into force: what comes from now on is held against it."""
    return Status(201, _version(publish_plan(actor(request), note=payload.note)))


@console.get("/tracking/plan/versions", response={200: PlanVersionsAnswer, **refusals(Forbidden)}, **needs(SEE_PLAN))
def list_versions(request: HttpRequest) -> PlanVersionsAnswer:
    """List the last hundred versions, newest first."""
    rows = plan.versions(actor(request)).select_related("published_by")[:VERSIONS_SHOWN]
    return PlanVersionsAnswer(items=[_version(row) for row in rows])


@console.post(
    "/tracking/plan/versions/{version_id}/restored",
    response={200: PlanAnswer, **refusals(Forbidden, NotFound)},
    **needs(MANAGE_PLAN),
)
def restore(request: HttpRequest, version_id: int) -> PlanAnswer:
    """Write the plan as it was in a version, in force once it is published; what came later is kept, retired or as a draft."""
    who = actor(request)
    restore_version(who, version_id=version_id)
    return _plan(who)


@console.get(
    "/tracking/plan/snippets/{language}",
    response={200: PlanSnippetAnswer, **refusals(Forbidden)},
    **needs(SEE_PLAN),
)
def read_snippet(request: HttpRequest, language: Annotated[Language, Path()]) -> PlanSnippetAnswer:
    """Return typed code for the plan in force, the same for the same version."""
    who = actor(request)
    who.require(SEE_PLAN)
    in_force, snippet = plan.plan_in_force(who), SNIPPETS[language]
    return PlanSnippetAnswer(
        language=language,
        label=snippet.label.here(),
        file=snippet.file,
        version=in_force.number,
        code=snippet.write(in_force),
    )


def answer_for_event(who: Actor, row: PlannedEvent) -> PlannedEventAnswer:
    """Return an event being written, for other routes of the plan, too."""
    known = _in_force(who).get(row.name)
    return PlannedEventAnswer(
        id=row.id,
        name=row.name,
        note=row.note,
        status=row.status,  # type: ignore[arg-type]  # the status of a row is one of these
        pql=row.pql,
        owner=_named(row.owner),
        properties=row.properties,
        revision=row.revision,
        published=known is not None,
        changed=known is not None and known != plan.as_published(row),
        created_at=row.created_at,
        changed_at=row.changed_at,
    )


def _in_force(who: Actor) -> dict[str, dict[str, Any]]:
    newest = plan.newest_version(who)
    return {one["name"]: one for one in newest.document["events"]} if newest else {}


def _row(row: PlannedEvent, in_force: dict[str, Any], came: dict[str, Any], broke: dict[str, int]) -> PlannedEventRow:
    count, last = came.get(row.name, (0, None))
    known = in_force.get(row.name)
    return PlannedEventRow(
        id=row.id,
        name=row.name,
        note=row.note,
        status=row.status,  # type: ignore[arg-type]  # the status of a row is one of these
        pql=row.pql,
        owner=_named(row.owner),
        properties=len(row.properties),
        published=known is not None,
        changed=known is not None and known != plan.as_published(row),
        arrived=count,
        last_at=last,
        breaches=broke.get(row.name, 0),
    )


def _plan(who: Actor) -> PlanAnswer:
    newest = plan.versions(who).select_related("published_by").first()
    waiting = plan.difference(newest.document if newest else {}, plan.document_now(who))
    return PlanAnswer(
        version=newest.number if newest else 0,
        published_at=newest.published_at if newest else None,
        published_by=_named(newest.published_by) if newest else None,
        waiting=PlanChanges.model_validate(waiting),
        events=plan.planned_events(who).count(),
    )


def _version(row: PlanVersion) -> PlanVersionAnswer:
    return PlanVersionAnswer(
        id=row.id,
        number=row.number,
        note=row.note,
        published_at=row.published_at,
        published_by=_named(row.published_by),
        events=len(row.document["events"]),
        changes=PlanChanges.model_validate(row.changes),
    )


def _draft(payload: PlannedEventDraft) -> Draft:
    return Draft(
        payload.name,
        payload.note,
        payload.status,
        payload.pql,
        payload.owner_id,
        [one.model_dump() for one in payload.properties],
    )


def _named(member: Any) -> NamedId | None:
    return NamedId(id=member.id, name=member.name) if member is not None else None
