"""Console: analyses."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.http import HttpRequest
from ninja import Router

from cove.cockpit.insight.contracts import Step
from cove.cockpit.insight.permissions import SEE_INSIGHT
from cove.cockpit.insight.queries.funnel import funnel
from cove.cockpit.insight.queries.overview import overview
from cove.cockpit.insight.schemas import DayAnswer, FunnelAnswer, FunnelQuestion, OverviewAnswer, StepAnswer
from cove.directory.org import facade as org
from cove.kernel.clickhouse.client import ClickHouseAway
from cove.kernel.errors import Forbidden
from cove.kernel.http.answers import refusals
from cove.kernel.http.doors import actor
from cove.kernel.http.gates import needs
from cove.kernel.log.fact import catalogue

console = Router(tags=["insight"])


@console.post(
    "/insight/funnel", response={200: FunnelAnswer, **refusals(Forbidden, ClickHouseAway)}, **needs(SEE_INSIGHT)
)
def ask_funnel(request: HttpRequest, payload: FunnelQuestion) -> FunnelAnswer:
    """Count how many people did these things in this order, and how long it took them."""
    who = actor(request)
    zone = ZoneInfo(org.tenant(who).timezone)
    figures = funnel(
        who,
        steps=[Step(step.kind, dict(step.where)) for step in payload.steps],
        window=timedelta(hours=payload.window_hours),
        since=datetime.combine(payload.first_day, time(), tzinfo=zone),
        until=datetime.combine(payload.last_day, time(), tzinfo=zone) + timedelta(days=1),
        exclude_suspicious=payload.exclude_suspicious,
    )
    return FunnelAnswer(
        steps=[
            StepAnswer(
                kind=one.kind,
                label=catalogue[one.kind].label.here(),
                people=one.people,
                from_previous=one.from_previous,
                from_first=one.from_first,
                median_seconds=one.median_seconds,
            )
            for one in figures
        ]
    )


@console.get(
    "/insight/overview", response={200: OverviewAnswer, **refusals(Forbidden, ClickHouseAway)}, **needs(SEE_INSIGHT)
)
def read_overview(request: HttpRequest, exclude_suspicious: bool = True) -> OverviewAnswer:  # noqa: FBT001, FBT002 -- a switch in the address
    """Read the figures of the first page; `exclude_suspicious` leaves out what is likely no customer."""
    found = overview(actor(request), exclude_suspicious=exclude_suspicious)
    return OverviewAnswer(
        contacts=found.contacts,
        new_today=found.new_today,
        lost_today=found.lost_today,
        scans=found.scans,
        visits=found.visits,
        visitors=found.visitors,
        bounce_rate=found.bounce_rate,
        days=[DayAnswer(day=one.day, scans=one.count) for one in found.scan_days],
    )
