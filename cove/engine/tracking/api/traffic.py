"""Console: the quality of traffic."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

from django.http import HttpRequest
from ninja import Query, Router, Status

from cove.directory.org import facade as org
from cove.directory.people import facade as people
from cove.engine.tracking import queries
from cove.engine.tracking.commands.traffic import mark_fine, unmark_fine
from cove.engine.tracking.contracts import TrafficCount, TrafficSample
from cove.engine.tracking.errors import AlreadyMarked, BadMark, TooManyMarks
from cove.engine.tracking.models import TrafficMark
from cove.engine.tracking.permissions import MARK_TRAFFIC, SEE_TRAFFIC
from cove.engine.tracking.queries.quality import traffic_report, traffic_samples
from cove.engine.tracking.schemas.traffic import (
    NewTrafficMark,
    TrafficContact,
    TrafficDayAnswer,
    TrafficMarkAnswer,
    TrafficMarksAnswer,
    TrafficReasonAnswer,
    TrafficReasonName,
    TrafficReportAnswer,
    TrafficSampleAnswer,
    TrafficSamplesAnswer,
    TrafficSourceAnswer,
)
from cove.engine.tracking.suspicion.agents import name_in
from cove.engine.tracking.suspicion.reasons import known, reasons
from cove.kernel.actor import Actor
from cove.kernel.clickhouse.client import ClickHouseAway
from cove.kernel.errors import Forbidden, InvalidInput, NotFound
from cove.kernel.http.answers import refusals
from cove.kernel.http.doors import actor
from cove.kernel.http.gates import needs
from cove.kernel.http.times import Day

console = Router(tags=["tracking"])

FirstDay = Annotated[Day, Query(alias="from")]
LastDay = Annotated[Day, Query(alias="to")]
SourceId = Annotated[int, Query(ge=0, lt=2**63)]
_READING = refusals(Forbidden, InvalidInput, ClickHouseAway)


@console.get("/tracking/traffic", response={200: TrafficReportAnswer, **_READING}, **needs(SEE_TRAFFIC))
def read_traffic(request: HttpRequest, first: FirstDay, last: LastDay, source_id: SourceId = 0) -> TrafficReportAnswer:
    """Read how good a period's traffic was: days of the tenant's calendar, both included; all sources unless one is named."""
    who = actor(request)
    report = traffic_report(who, first=first, last=last, source_id=source_id)
    names = _source_names(who)
    return TrafficReportAnswer(
        **asdict(report.whole),
        days=[TrafficDayAnswer(day=day, **asdict(row)) for day, row in report.days.items()],
        sources=[
            TrafficSourceAnswer(source_id=key, name=names.get(key, ""), **asdict(row))
            for key, row in report.sources.items()
        ],
        reasons=[_reason(key, row) for key, row in report.reasons.items() if key in reasons],
    )


@console.get("/tracking/traffic/samples", response={200: TrafficSamplesAnswer, **_READING}, **needs(SEE_TRAFFIC))
def list_traffic_samples(
    request: HttpRequest,
    first: FirstDay,
    last: LastDay,
    source_id: SourceId = 0,
    reason: Annotated[str, Query(max_length=40)] = "",
) -> TrafficSamplesAnswer:
    """List the last who were suspicious in a period, at most 50, for one reason if named."""
    who = actor(request)
    found = traffic_samples(who, first=first, last=last, source_id=source_id, reason=reason)
    names = _source_names(who)
    contacts = _contacts(who, found)
    return TrafficSamplesAnswer(items=[_sample(one, names, contacts) for one in found])


@console.get("/tracking/traffic/marks", response={200: TrafficMarksAnswer, **refusals(Forbidden)}, **needs(SEE_TRAFFIC))
def list_traffic_marks(request: HttpRequest) -> TrafficMarksAnswer:
    """List what members marked as normal traffic, newest first."""
    return TrafficMarksAnswer(items=[_mark(row) for row in queries.traffic.marks(actor(request))])


@console.post(
    "/tracking/traffic/marks",
    response={201: TrafficMarkAnswer, **refusals(Forbidden, BadMark, AlreadyMarked, TooManyMarks)},
    **needs(MARK_TRAFFIC),
)
def add_traffic_mark(request: HttpRequest, payload: NewTrafficMark) -> Status[TrafficMarkAnswer]:
    """Mark an address or a device as normal: at once for what comes, within minutes for what was."""
    made = mark_fine(
        actor(request),
        address=payload.address,
        visitor_id=_visitor(payload.visitor),
        title=payload.title or payload.address,
        note=payload.note,
    )
    return Status(201, _mark(made))


@console.delete(
    "/tracking/traffic/marks/{mark_id}", response={204: None, **refusals(Forbidden, NotFound)}, **needs(MARK_TRAFFIC)
)
def remove_traffic_mark(request: HttpRequest, mark_id: int) -> Status[None]:
    """Take a mark back."""
    unmark_fine(actor(request), mark_id=mark_id)
    return Status(204, None)


def _visitor(text: str) -> int | None:
    if not text:
        return None
    if int(text) >= 2**63:
        raise BadMark(fields={"visitor": BadMark.words})
    return int(text)


def _reason(key: str, row: TrafficCount) -> TrafficReasonAnswer:
    reason = reasons[key]
    return TrafficReasonAnswer(
        reason=key,
        name=reason.name.here(),
        explained=reason.explained.here(),
        decisive=reason.decisive,
        **asdict(row),
    )


def _source_names(who: Actor) -> dict[int, str]:
    return dict(queries.sources.sources(who).values_list("id", "name"))


def _contacts(who: Actor, found: tuple[TrafficSample, ...]) -> dict[int, TrafficContact]:
    ids = people.contacts_of_visitors(who, [one.visitor_id for one in found])
    cards = people.contacts_by_id(who, ids.values())
    return {
        visitor: TrafficContact(id=card.id, name=card.name)
        for visitor, contact_id in ids.items()
        if (card := cards.get(contact_id))
    }


def _sample(one: TrafficSample, names: dict[int, str], contacts: dict[int, TrafficContact]) -> TrafficSampleAnswer:
    return TrafficSampleAnswer(
        visitor=str(one.visitor_id),
        device=name_in(one.user_agent) or org.device_of(one.user_agent).here(),
        user_agent=one.user_agent,
        address=one.address,
        source=names.get(one.source_id, ""),
        first_at=one.first_at,
        last_at=one.last_at,
        events=one.events,
        score=one.score,
        reasons=[
            TrafficReasonName(reason=reason.key, name=reason.name.here(), explained=reason.explained.here())
            for reason in known(one.reasons)
        ],
        pages=list(one.pages),
        contact=contacts.get(one.visitor_id),
    )


def _mark(row: TrafficMark) -> TrafficMarkAnswer:
    return TrafficMarkAnswer(
        id=row.id,
        title=row.title,
        address=row.address,
        is_device=row.visitor_id is not None,
        note=row.note,
        made_by=row.made_by.name if row.made_by else None,
        made_at=row.made_at,
        applied=row.applied_at is not None,
    )
