"""Counting what came against the plan, and taking into the plan what came without being in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from cove.directory.org import facade as org
from cove.engine.tracking.commands.plan import Draft, add_event, change_event
from cove.engine.tracking.errors import NothingCame
from cove.engine.tracking.models.plan import PlanCount, PlannedEvent
from cove.engine.tracking.permissions import COUNT_PLAN, MANAGE_PLAN
from cove.engine.tracking.queries.checking import Finding, findings, guessed_type, shown
from cove.engine.tracking.queries.plan import plan_in_force
from cove.engine.tracking.queries.plan_counts import samples_of
from cove.engine.tracking.queries.plan_faults import LONGEST_NAME, MOST_PROPERTIES, is_name
from cove.kernel.actor import Actor
from cove.kernel.command import command

ARRIVED = "arrived"
NAMED_OUTSIDE = ("unplanned", "extra")
"""Kinds of rows whose names come from whoever sends: there is a bound to how many are told apart."""
MOST_NAMES_A_DAY = 2_000
SAMPLES = 5
_PROPERTIES_OF_A_SAMPLE = 40


class Arrival(NamedTuple):
    """A custom event of the log, as far as the plan is concerned. One that is `nameless` is an erased person's: counted, never a sample."""

    event: str
    properties: Mapping[str, Any]
    at: datetime
    message_id: str
    source_id: int | None
    visitor_id: int | None
    nameless: bool = False


class _Key(NamedTuple):
    day: date
    kind: str
    event: str
    property: str


@dataclass(slots=True)
class _Tally:
    first_at: datetime
    last_at: datetime
    count: int = 0
    samples: list[dict[str, Any]] = field(default_factory=list)

    def add(self, other: _Tally) -> None:
        """Count another tally in."""
        self.count += other.count
        self.first_at, self.last_at = min(self.first_at, other.first_at), max(self.last_at, other.last_at)
        self.samples = (self.samples + other.samples)[:SAMPLES]


@command(COUNT_PLAN, audited=False)
def count_arrivals(actor: Actor, *, arrivals: Sequence[Arrival]) -> None:
    """Count events by day, and everything in which they differ from the plan in force, with samples."""
    plan, zone = plan_in_force(actor), ZoneInfo(org.tenant(actor).timezone)
    tallies: dict[_Key, _Tally] = {}
    for one in arrivals:
        day = one.at.astimezone(zone).date()
        found = findings(plan, one.event, one.properties)
        if one.event in plan.events:
            found.append(Finding(ARRIVED))
        for finding in found:
            key = _Key(day, finding.kind, one.event, finding.property[:LONGEST_NAME])
            tally = tallies.setdefault(key, _Tally(one.at, one.at))
            tally.add(_Tally(one.at, one.at, 1, _samples(one, finding) if len(tally.samples) < SAMPLES else []))
    _write(actor, tallies)


@command(MANAGE_PLAN)
def adopt(actor: Actor, *, kind: str, event: str, property: str) -> PlannedEvent:  # noqa: A002 -- what it is called
    """Take what came into the plan being written: an event with its properties, a property, or a choice.

    Types are guessed from the samples. Raises NothingCame, EventNameTaken, InvalidInput, PlanFull.
    """
    samples = samples_of(actor, kind=kind, event=event, property=property)
    if not samples:
        raise NothingCame(name=property or event)
    if kind == "unplanned":
        return add_event(actor, draft=Draft(event, properties=_guessed(one["got"] for one in samples)))
    row = PlannedEvent.visible_to(actor).filter(name=event).first()
    if row is None:
        raise NothingCame(name=event)
    got = [one["got"] for one in samples]
    properties = [dict(one) for one in row.properties]
    _take_in(properties, property, got, choice=kind == "choice")
    draft = Draft(row.name, row.note, row.status, row.pql, row.owner_id, properties)
    return change_event(actor, event_id=row.id, revision=row.revision, draft=draft)


def _take_in(properties: list[dict[str, Any]], name: str, got: Sequence[Any], *, choice: bool) -> None:
    known = next((one for one in properties if one["name"] == name), None)
    if known is None and not choice:
        properties.append(_property(name, guessed_type(got)))
    elif known is not None and choice:
        values = [text for value in got for text in (value if isinstance(value, list) else [value])]
        known["choices"] += [text for text in dict.fromkeys(map(str, values)) if text not in known["choices"]]


def _guessed(got: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    values: dict[str, list[Any]] = {}
    for properties in got:
        for name, value in properties.items():
            if is_name(name):
                values.setdefault(name, []).append(value)
    return [_property(name, guessed_type(seen)) for name, seen in list(values.items())[:MOST_PROPERTIES]]


def _property(name: str, type_: str) -> dict[str, Any]:
    return {"name": name, "type": type_, "required": False, "choices": [], "pattern": "", "note": ""}


def _samples(one: Arrival, finding: Finding) -> list[dict[str, Any]]:
    if finding.kind == ARRIVED or one.nameless:
        return []
    got = finding.got
    if finding.kind == "unplanned":
        mine = [(name, value) for name, value in one.properties.items() if not name.startswith("$")]
        got = {name: shown(value) for name, value in mine[:_PROPERTIES_OF_A_SAMPLE]}
    return [
        {
            "at": one.at.isoformat(),
            "message_id": one.message_id,
            "source_id": one.source_id,
            "visitor_id": one.visitor_id,
            "expected": finding.expected,
            "got": got,
        }
    ]


def _write(actor: Actor, tallies: Mapping[_Key, _Tally]) -> None:
    days = {key.day for key in tallies}
    rows = PlanCount.visible_to(actor).filter(day__in=days, event__in={"", *(key.event for key in tallies)})
    known = {_Key(row.day, row.kind, row.event, row.property): row for row in rows}
    room = {day: MOST_NAMES_A_DAY - _named(actor, day) for day in days}
    fresh: dict[_Key, PlanCount] = {}
    changed: dict[int, PlanCount] = {}
    for wanted, tally in tallies.items():
        key = wanted
        if wanted.kind in NAMED_OUTSIDE and wanted not in known and wanted not in fresh:
            room[wanted.day] -= 1
            key = wanted if room[wanted.day] >= 0 else _Key(wanted.day, wanted.kind, "", "")
        row = known.get(key) or fresh.get(key)
        if row is None:
            row = fresh[key] = PlanCount(**key._asdict(), first_at=tally.first_at, last_at=tally.last_at)
        elif row.id:
            changed[row.id] = row
        _add(row, tally)
    PlanCount.objects.bulk_create(fresh.values())
    PlanCount.objects.bulk_update(changed.values(), ["count", "first_at", "last_at", "samples"], batch_size=500)


def _named(actor: Actor, day: date) -> int:
    return PlanCount.visible_to(actor).filter(day=day, kind__in=NAMED_OUTSIDE).count()


def _add(row: PlanCount, tally: _Tally) -> None:
    row.count += tally.count
    row.first_at, row.last_at = min(row.first_at, tally.first_at), max(row.last_at, tally.last_at)
    row.samples = (row.samples + tally.samples)[:SAMPLES]
