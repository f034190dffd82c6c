"""What came against the plan: how often, how it differed, and samples."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Max, Q, QuerySet, Sum

from cove.directory.org import facade as org
from cove.engine.tracking.models.plan import PlanCount
from cove.engine.tracking.permissions import SEE_PLAN
from cove.kernel import clock
from cove.kernel.actor import Actor

MOST_SHOWN = 200
LOOK_BACK_DAYS = 30
KINDS = ("unplanned", "retired", "missing", "type", "choice", "pattern", "extra")


@dataclass(frozen=True, slots=True)
class Breach:
    """One way in which events broke the plan over some days; `event` is empty for those that were too many to be told apart."""

    event: str
    property: str
    kind: str
    count: int
    last_at: datetime
    days: tuple[int, ...]
    samples: tuple[dict[str, Any], ...]


def breaches(actor: Actor, *, days: int, kind: str = "", event: str = "") -> tuple[list[Breach], bool]:
    """Return the ways in which the plan was broken in the last `days` days, the most frequent first, and whether there are more."""
    actor.require(SEE_PLAN)
    first = _first_day(actor, days)
    rows = _since(actor, first).filter(kind__in=[kind] if kind else KINDS)
    if event:
        rows = rows.filter(event=event)
    groups = rows.order_by().values("event", "property", "kind").annotate(total=Sum("count"), last=Max("last_at"))
    found: list[Mapping[str, Any]] = list(groups.order_by("-total", "event", "property", "kind")[: MOST_SHOWN + 1])
    by_day, samples = _details(rows, found, first)
    shown = [
        Breach(
            *(key := (one["event"], one["property"], one["kind"])),
            count=one["total"],
            last_at=one["last"],
            days=tuple(by_day[key].get(first + timedelta(days=number), 0) for number in range(days)),
            samples=tuple(samples[key]),
        )
        for one in found[:MOST_SHOWN]
    ]
    return shown, len(found) > MOST_SHOWN


def arrived(actor: Actor, *, days: int, events: Iterable[str]) -> dict[str, tuple[int, datetime]]:
    """Return how often planned events came in the last `days` days, and when last; those that did not are left out."""
    rows = _since(actor, _first_day(actor, days)).filter(kind="arrived", event__in=list(events))
    groups = rows.order_by().values("event").annotate(total=Sum("count"), last=Max("last_at"))
    return {one["event"]: (one["total"], one["last"]) for one in groups}


def broken(actor: Actor, *, days: int, events: Iterable[str]) -> dict[str, int]:
    """Return how often planned events differed from the plan in the last `days` days; those that did not are left out."""
    rows = _since(actor, _first_day(actor, days)).filter(kind__in=KINDS, event__in=list(events))
    return dict(rows.order_by().values("event").annotate(total=Sum("count")).values_list("event", "total"))


def samples_of(actor: Actor, *, kind: str, event: str, property: str) -> list[dict[str, Any]]:  # noqa: A002 -- what it is called
    """Return samples of one way in which the plan was broken lately, newest day first."""
    rows = _since(actor, _first_day(actor, LOOK_BACK_DAYS)).filter(kind=kind, event=event, property=property)
    return [one for row in rows.order_by("-day") for one in row.samples]


def holding(actor: Actor, visitors: Iterable[int]) -> QuerySet[PlanCount]:
    """Return the counts that have samples of these visitors."""
    wanted = Q(pk__in=[])
    for visitor in visitors:
        wanted |= Q(samples__contains=[{"visitor_id": visitor}])
    return PlanCount.visible_to(actor).filter(wanted)


def _details(
    rows: QuerySet[PlanCount], found: Sequence[Mapping[str, Any]], first: date
) -> tuple[dict[tuple[str, str, str], dict[date, int]], dict[tuple[str, str, str], list[dict[str, Any]]]]:
    by_day: dict[tuple[str, str, str], dict[date, int]] = defaultdict(dict)
    samples: dict[tuple[str, str, str], list[dict[str, Any]]] = defaultdict(list)
    of_these = rows.filter(event__in={one["event"] for one in found}, day__gte=first)
    for event, name, kind, day, count in of_these.values_list("event", "property", "kind", "day", "count"):
        by_day[event, name, kind][day] = count
    newest = of_these.order_by("event", "property", "kind", "-day").distinct("event", "property", "kind")
    for event, name, kind, kept in newest.values_list("event", "property", "kind", "samples"):
        samples[event, name, kind] = kept
    return by_day, samples


def _since(actor: Actor, first: date) -> QuerySet[PlanCount]:
    return PlanCount.visible_to(actor).filter(day__gte=first)


def _first_day(actor: Actor, days: int) -> date:
    today = clock.now().astimezone(ZoneInfo(org.tenant(actor).timezone)).date()
    return today - timedelta(days=days - 1)
