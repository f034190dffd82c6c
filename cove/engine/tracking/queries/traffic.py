"""What is yet to be looked at, and what members marked as normal."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Q, QuerySet

from cove.engine.timeline.contracts import SLICE_SECONDS, Verdict
from cove.engine.timeline.facade import clean_facts
from cove.engine.tracking.contracts import FineTraffic
from cove.engine.tracking.models import TrafficMark, TrafficSlice
from cove.engine.tracking.permissions import SEE_TRAFFIC
from cove.kernel.actor import Actor
from cove.kernel.clickhouse.client import rows
from cove.kernel.ids import ANONYMOUS_BIT, person_id
from cove.kernel.scope import every_tenant

SLICES_AT_A_TIME = 144
"""A day."""
PAGE = 20_000

_SLICE = f"toStartOfInterval(f.at, toIntervalSecond({SLICE_SECONDS})) AS slice"
_WRONGED = f"""
SELECT DISTINCT f.person_id AS person_id, {_SLICE} FROM timeline_fact AS f
WHERE f.tenant_id = {{tenant:UInt64}} AND f.person_id >= {ANONYMOUS_BIT} AND f.source_id != 0
  AND (f.person_id = {{person:UInt64}} OR ({{address:String}} != '' AND JSONExtractString(f.payload, 'address') = {{address:String}}))
  AND NOT {clean_facts("f")}
LIMIT {PAGE}
"""  # noqa: S608 -- constants
_SAID = f"""
SELECT person_id, slice FROM timeline_verdict FINAL
WHERE tenant_id = {{tenant:UInt64}} AND mark = {{mark:UInt64}} AND stands LIMIT {PAGE}
"""  # noqa: S608 -- constants


def tenants_to_look_at(now: datetime) -> list[int]:
    """Return the tenants with behaviour that is due to be looked at, or with marks whose past is not yet put right."""
    with every_tenant("traffic that is due to be looked at is found"):
        due = TrafficSlice.unsealed.filter(due_at__lte=now).values_list("tenant_id", flat=True)
        marks = TrafficMark.unsealed.filter(_open_marks()).values_list("tenant_id", flat=True)
        return sorted({*due.distinct(), *marks.distinct()})


def due_slices(now: datetime) -> list[TrafficSlice]:
    """Return the next ten minutes of the bound tenant that are due, oldest first."""
    return list(TrafficSlice.objects.filter(due_at__lte=now).order_by("start")[:SLICES_AT_A_TIME])


def open_marks() -> list[TrafficMark]:
    """Return the marks of the bound tenant whose past is not yet put right."""
    return list(TrafficMark.objects.filter(_open_marks()).order_by("id"))


def marks(actor: Actor) -> QuerySet[TrafficMark]:
    """Return what members marked as normal, newest first. Raises Forbidden."""
    actor.require(SEE_TRAFFIC)
    return TrafficMark.visible_to(actor).select_related("made_by").order_by("-id")


def fine_traffic(actor: Actor) -> FineTraffic:
    """Return what members marked as normal, to be left alone."""
    found = TrafficMark.visible_to(actor).values_list("address", "visitor_id")
    return FineTraffic(
        frozenset(address for address, _ in found if address),
        frozenset(visitor for _, visitor in found if visitor is not None),
    )


def verdicts_by_mark(actor: Actor, mark: TrafficMark) -> Iterator[list[Verdict]]:
    """Return, page by page, the verdicts by which the past becomes what a mark says; each page is to be kept before the next is asked for.

    Raises ClickHouseAway.
    """
    if mark.withdrawn_at is not None:
        while found := rows(actor.tenant_id, _SAID, mark=mark.id):
            yield [Verdict(row["person_id"], row["slice"], 0, mark=mark.id, stands=False) for row in found]
        return
    person = person_id(visitor=mark.visitor_id)
    while found := rows(actor.tenant_id, _WRONGED, person=person, address=mark.address):
        yield [Verdict(row["person_id"], row["slice"], 0, mark=mark.id) for row in found]


def _open_marks() -> Q:
    return Q(applied_at=None) | ~Q(withdrawn_at=None)
