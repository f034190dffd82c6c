"""The plan out of a table: looked at first, written when everything in it is right."""

from __future__ import annotations

from dataclasses import dataclass, field

from cove.engine.tracking.commands.plan import Draft, add_event, change_event, published_names
from cove.engine.tracking.errors import PlanTableFaulty
from cove.engine.tracking.models.plan import PlannedEvent
from cove.engine.tracking.permissions import MANAGE_PLAN
from cove.engine.tracking.queries.plan_table import Fault, ReadEvent, events_in
from cove.kernel.actor import Actor
from cove.kernel.command import command
from cove.kernel.uploads import Allowed, Uploaded, check_upload, table_of
from cove.kernel.uploads.kinds import TABLES
from cove.kernel.words import Words

LARGEST = Allowed(TABLES, max_bytes=5 * 1024 * 1024)
_STAYS_PUBLISHED = Words(
    "该事件已发布，不能改回草稿；不再使用时请填「停用」",
    "This event is published and cannot become a draft again; write retired if it is no longer used",
)


@dataclass(slots=True)
class ReadTable:
    """What a table says: the names of the events it adds, changes, and leaves as they are, and its faults."""

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    same: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


@command(MANAGE_PLAN)
def import_plan(actor: Actor, *, upload: Uploaded, write: bool) -> ReadTable:
    """Read a table of planned events; with `write` they become part of the plan being written, all or none.

    An event in the table gets exactly the properties it has there; events that are not in it stay. Raises what `check_upload` and
    `table_of` raise, PlanHeadUnknown; with `write` also PlanTableFaulty, PlanFull.
    """
    events, faults = events_in(table_of(check_upload(upload, LARGEST)))
    known = {row.name: row for row in PlannedEvent.visible_to(actor).filter(name__in=[one.name for one in events])}
    published = published_names(actor)
    faults += [
        Fault(one.row, "status", _STAYS_PUBLISHED)
        for one in events
        if one.status == PlannedEvent.Status.DRAFT and one.name in published
    ]
    if write and faults:
        raise PlanTableFaulty(faults=len(faults))
    found = ReadTable(faults=faults)
    for event in events:
        row = known.get(event.name)
        draft = _draft(event, row)
        if row is None:
            found.added.append(event.name)
        elif draft == _draft_of(row):
            found.same.append(event.name)
            continue
        else:
            found.changed.append(event.name)
        if write:
            _write(actor, row, draft)
    return found


def _write(actor: Actor, row: PlannedEvent | None, draft: Draft) -> None:
    if row is None:
        add_event(actor, draft=draft)
    else:
        change_event(actor, event_id=row.id, revision=row.revision, draft=draft)


def _draft(event: ReadEvent, row: PlannedEvent | None) -> Draft:
    """Return the event as it will be; what the table does not say stays as it is."""
    return Draft(
        name=event.name,
        note=event.note or (row.note if row else ""),
        status=event.status or (row.status if row else PlannedEvent.Status.DRAFT),
        pql=(row.pql if row else False) if event.pql is None else event.pql,
        owner_id=row.owner_id if row else None,
        properties=event.properties,
    )


def _draft_of(row: PlannedEvent) -> Draft:
    return Draft(row.name, row.note, row.status, row.pql, row.owner_id, [dict(one) for one in row.properties])
