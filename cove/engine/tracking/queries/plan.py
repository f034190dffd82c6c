"""The tracking plan: as it is being written, and as it is in force."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from django.db.models import Count, QuerySet

from cove.engine.tracking.models.plan import PlannedEvent, PlanVersion
from cove.engine.tracking.permissions import SEE_PLAN
from cove.engine.tracking.queries.checking import Plan
from cove.kernel.actor import Actor
from cove.kernel.errors import NotFound

NOTHING = Plan(0, {})


def planned_events(actor: Actor, *, text: str = "", status: str = "") -> QuerySet[PlannedEvent]:
    """Return the events being written, by name; `text` is looked for in names and notes."""
    actor.require(SEE_PLAN)
    rows = PlannedEvent.visible_to(actor)
    if status:
        rows = rows.filter(status=status)
    if text:
        rows = rows.filter(name__icontains=text) | rows.filter(note__icontains=text)
    return rows.order_by("name", "id")


def planned_event(actor: Actor, event_id: int) -> PlannedEvent:
    """Return one event being written; raises NotFound."""
    found = planned_events(actor).filter(id=event_id).first()
    if found is None:
        raise NotFound
    return found


def versions(actor: Actor) -> QuerySet[PlanVersion]:
    """Return the published versions, newest first."""
    actor.require(SEE_PLAN)
    return PlanVersion.visible_to(actor).order_by("-number")


def newest_version(actor: Actor) -> PlanVersion | None:
    """Return the version in force, None before the first."""
    return PlanVersion.visible_to(actor).order_by("-number").first()


def plan_in_force(actor: Actor) -> Plan:
    """Return the plan that is checked against: of the newest version, or an empty one."""
    number = PlanVersion.visible_to(actor).order_by("-number").values_list("number", flat=True).first()
    return NOTHING if number is None else _read(actor.tenant_id, number)


def pql_events(actor: Actor) -> frozenset[str]:
    """Return the names of the live events that show that the product is worth something to whoever does them."""
    plan = plan_in_force(actor)
    return frozenset(one.name for one in plan.events.values() if one.pql and one.status == "live")


@lru_cache(maxsize=200)
def _read(tenant_id: int, number: int) -> Plan:
    # A version never changes, so what was read of it stays right.
    row = PlanVersion.objects.get(tenant_id=tenant_id, number=number)
    return Plan.read(number, row.document)


def as_published(row: PlannedEvent) -> dict[str, Any]:
    """Return an event as a version would hold it."""
    return {
        "name": row.name,
        "note": row.note,
        "status": row.status,
        "pql": row.pql,
        "properties": [dict(one) for one in row.properties],
    }


def document_now(actor: Actor) -> dict[str, Any]:
    """Return what would be published now: every event that is live or retired, by name."""
    rows = PlannedEvent.visible_to(actor).exclude(status=PlannedEvent.Status.DRAFT).order_by("name")
    return {"events": [as_published(row) for row in rows]}


def difference(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, list[str]]:
    """Return the names of the events that were added, changed, and removed between two documents."""
    old = {one["name"]: one for one in before.get("events", [])}
    new = {one["name"]: one for one in after.get("events", [])}
    return {
        "added": sorted(new.keys() - old.keys()),
        "changed": sorted(name for name in new.keys() & old.keys() if new[name] != old[name]),
        "removed": sorted(old.keys() - new.keys()),
    }


def names_in_plan(actor: Actor, names: Iterable[str]) -> set[str]:
    """Return those of these names that events of the plan being written have."""
    return set(PlannedEvent.visible_to(actor).filter(name__in=list(names)).values_list("name", flat=True))


def owned_counts(actor: Actor, member_ids: Iterable[int]) -> dict[int, int]:
    """Return how many events of the plan each of these members answers for; who answers for none is left out."""
    rows = PlannedEvent.visible_to(actor).filter(owner_id__in=list(member_ids)).order_by()
    return dict(rows.values("owner_id").annotate(count=Count("id")).values_list("owner_id", "count"))


def owned_ids(actor: Actor, member_id: int, *, after: int, limit: int) -> list[int]:
    """Return the next events a member answers for, after the event `after`."""
    rows = PlannedEvent.visible_to(actor).filter(owner_id=member_id, id__gt=after)
    return list(rows.order_by("id").values_list("id", flat=True)[:limit])


def names_of(actor: Actor, event_ids: Iterable[int]) -> dict[int, str]:
    """Return the names of events of the plan by id."""
    return dict(PlannedEvent.visible_to(actor).filter(id__in=list(event_ids)).values_list("id", "name"))
