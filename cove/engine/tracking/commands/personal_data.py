"""What tracking holds of a person: samples of events that broke the plan."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from cove.engine.tracking.models.plan import PlanCount
from cove.engine.tracking.queries.plan_counts import holding
from cove.kernel.actor import Actor
from cove.kernel.personal_data import Holder, Person, Retained, holds, keeps
from cove.kernel.words import Words


def _mine(actor: Actor, person: Person) -> Iterator[dict[str, Any]]:
    for row in holding(actor, person.visitors).order_by("id").iterator(chunk_size=500):
        for one in row.samples:
            if one["visitor_id"] in person.visitors:
                yield {"at": one["at"], "event": row.event, "property": row.property, "got": one["got"]}


def _count(actor: Actor, person: Person) -> int:
    return sum(1 for _ in _mine(actor, person))


def _erase(actor: Actor, person: Person) -> int:
    """Take his samples out; the counts stay."""
    gone = 0
    for row in holding(actor, person.visitors).order_by("id").select_for_update():
        kept = [one for one in row.samples if one["visitor_id"] not in person.visitors]
        gone += len(row.samples) - len(kept)
        row.samples = kept
        row.save(update_fields=["samples"])
    return gone


def _old(actor: Actor, before: datetime) -> int:
    return PlanCount.visible_to(actor).filter(last_at__lt=before).count()


def _remove(actor: Actor, before: datetime, most: int) -> int:
    ids = PlanCount.visible_to(actor).filter(last_at__lt=before).order_by("id").values_list("id", flat=True)[:most]
    return int(PlanCount.visible_to(actor).filter(id__in=list(ids)).delete()[0])


SAMPLES = holds(
    Holder(
        "tracking.plan_samples",
        Words("埋点违规样例", "Samples of events that broke the tracking plan"),
        ("tracking_plan_count",),
        _count,
        _mine,
        _erase,
        {
            "at": Words("时间", "Time"),
            "event": Words("事件", "Event"),
            "property": Words("属性", "Property"),
            "got": Words("内容", "Content"),
        },
    )
)
COUNTS = keeps(
    Retained("tracking.plan_counts", Words("埋点方案统计", "Counts by the tracking plan"), 7, 180, _old, _remove)
)
