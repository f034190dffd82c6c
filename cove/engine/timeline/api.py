"""Console: what happened with a contact."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest
from ninja import Query, Router, Status

from cove.directory.org import facade as org
from cove.engine.timeline.captions import choices
from cove.engine.timeline.captions.render import Told, tell
from cove.engine.timeline.commands.watching import watch_contact
from cove.engine.timeline.contracts import TimelinePage, Wanted
from cove.engine.timeline.permissions import SEE_TIMELINE
from cove.engine.timeline.queries import page as pages
from cove.engine.timeline.queries.first_touch import first_touch
from cove.engine.timeline.queries.places import cursor_of, milliseconds
from cove.engine.timeline.schemas import (
    Choice,
    DoubtAnswer,
    FirstTouchAnswer,
    FirstTouchFrame,
    HappeningAnswer,
    HappeningCause,
    HappeningMember,
    HappeningSource,
    KindChoice,
    KindGroup,
    TimelineAnswer,
    TimelineAsked,
    TimelineChoices,
    UtmAnswer,
)
from cove.kernel.actor import Actor
from cove.kernel.clickhouse.client import ClickHouseAway
from cove.kernel.errors import Forbidden, NotForKeys, NotFound
from cove.kernel.http.answers import refusals
from cove.kernel.http.doors import actor
from cove.kernel.http.gates import needs
from cove.kernel.ids import ANONYMOUS_BIT

console = Router(tags=["timeline"])

_SAFE_INTEGER = 2**53  # what a JavaScript number holds exactly (ECMA-262, Number.MAX_SAFE_INTEGER)


@console.get(
    "/contacts/{contact_id}/timeline",
    response={200: TimelineAnswer, **refusals(Forbidden, NotFound, ClickHouseAway)},
    **needs(SEE_TIMELINE),
)
def read_timeline(request: HttpRequest, contact_id: int, asked: Query[TimelineAsked]) -> TimelineAnswer:
    """Read a contact's timeline, newest first, from its newest end, a day or a cursor on.

    `text` is looked for in what facts tell as the reader may see it; `unsuspicious` leaves out what looks like no customer.
    """
    who = actor(request)
    wanted, cursor = asked_for(who, asked)
    found = pages.timeline(who, contact_id, wanted, cursor=cursor, direction=asked.direction, limit=asked.limit)
    return _page(found, [_answer(told) for told in tell(who, contact_id, found.items)])


@console.put(
    "/contacts/{contact_id}/timeline/watch",
    response={204: None, **refusals(Forbidden, NotFound, NotForKeys)},
    **needs(SEE_TIMELINE),
)
def watch_timeline(request: HttpRequest, contact_id: int) -> Status[None]:
    """Say that the acting member has this timeline open: for 90 seconds the live stream tells him of news as `timeline`."""
    watch_contact(actor(request), contact_id=contact_id)
    return Status(204, None)


@console.get(
    "/contacts/{contact_id}/timeline/{fact_id}",
    response={200: HappeningAnswer, **refusals(Forbidden, NotFound, ClickHouseAway)},
    **needs(SEE_TIMELINE),
)
def read_fact(request: HttpRequest, contact_id: int, fact_id: int) -> HappeningAnswer:
    """Read one fact of a contact's timeline."""
    who = actor(request)
    return _answer(tell(who, contact_id, [pages.one_fact(who, contact_id, fact_id)])[0])


@console.get("/timeline/choices", response={200: TimelineChoices, **refusals(Forbidden)}, **needs(SEE_TIMELINE))
def read_choices(request: HttpRequest) -> TimelineChoices:
    """Read what a timeline can be narrowed to."""
    return TimelineChoices(
        groups=[
            KindGroup(key=key, label=label, kinds=[KindChoice(kind=one.kind, label=one.label.here()) for one in kinds])
            for key, label, kinds in choices.groups()
        ],
        sources=[Choice(key=key, label=label) for key, label in choices.sources()],
    )


@console.get(
    "/contacts/{contact_id}/first-touch",
    response={200: FirstTouchFrame, **refusals(Forbidden, NotFound, ClickHouseAway)},
    **needs(SEE_TIMELINE),
)
def read_first_touch(request: HttpRequest, contact_id: int) -> FirstTouchFrame:
    """Read by which visit a contact first came."""
    found = first_touch(actor(request), contact_id)
    if found is None:
        return FirstTouchFrame(first_touch=None)
    return FirstTouchFrame(
        first_touch=FirstTouchAnswer(at=found.at, utm=UtmAnswer(**found.utm), referrer=found.referrer or None)
    )


def asked_for(who: Actor, asked: TimelineAsked) -> tuple[Wanted, str | None]:
    """Return what is wanted of a timeline and the cursor to begin with, days as the company counts them."""
    given = (asked.first_day, asked.last_day, asked.day)
    zone = ZoneInfo(org.tenant(who).timezone) if any(given) else ZoneInfo("UTC")

    def begin(day: date | None, *, after: int = 0) -> datetime | None:
        return datetime.combine(day + timedelta(days=after), time(), zone).astimezone(UTC) if day else None

    since, until = begin(asked.first_day), begin(asked.last_day, after=1)
    wanted = Wanted(
        kinds=_parts(asked.kind),
        sources=_parts(asked.source),
        since=max(filter(None, (since, asked.since)), default=None),
        until=min(filter(None, (until, asked.until)), default=None),
        text=asked.text.strip(),
        unsuspicious=asked.unsuspicious,
    )
    start = begin(asked.day, after=1)
    return wanted, asked.cursor or (cursor_of((milliseconds(start), 0)) if start else None)


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _page(found: TimelinePage, items: list[HappeningAnswer]) -> TimelineAnswer:
    return TimelineAnswer(items=items, next_cursor=found.older, newer_cursor=found.newer)


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
        visit=told.visit or None,
        way=told.way or None,
        suspicion=one.suspicion,
        doubts=[DoubtAnswer(name=name, meaning=meaning) for name, meaning in told.doubts],
    )


def _safe(value: Any) -> Any:
    return str(value) if isinstance(value, int) and abs(value) >= _SAFE_INTEGER else value
