"""Writing the tracking plan. What is written here is checked by nobody before it is published."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import IntegrityError, transaction

from cove.directory.org import facade as org
from cove.engine.tracking.errors import EventChanged, EventNameTaken, EventPublished, NothingToPublish, PlanFull
from cove.engine.tracking.models.plan import PlannedEvent, PlanVersion
from cove.engine.tracking.permissions import MANAGE_PLAN, RUN_PLAN
from cove.engine.tracking.queries.plan import as_published, difference, document_now, newest_version
from cove.engine.tracking.queries.plan_faults import faults_of
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.belongings import HandOver
from cove.kernel.command import command
from cove.kernel.errors import InvalidInput, NotFound
from cove.kernel.words import Words

MOST_EVENTS = 1_000
NOT_HIS = Words("已不在其名下", "No longer his")
_WRITTEN = ("note", "status", "pql", "properties")
_NO_MEMBER = Words("该成员不存在，请重新选择", "There is no such member; choose another")


@dataclass(frozen=True, slots=True)
class Draft:
    """An event as somebody wrote it; `properties` are documents as `PlannedEvent` keeps them."""

    name: str
    note: str = ""
    status: str = PlannedEvent.Status.DRAFT
    pql: bool = False
    owner_id: int | None = None
    properties: Sequence[Mapping[str, Any]] = field(default_factory=tuple)


@command(MANAGE_PLAN)
def add_event(actor: Actor, *, draft: Draft) -> PlannedEvent:
    """Add an event to the plan being written. Raises InvalidInput, EventNameTaken, PlanFull."""
    if PlannedEvent.visible_to(actor).count() >= MOST_EVENTS:
        raise PlanFull(most=MOST_EVENTS)
    now = clock.now()
    return _save(actor, PlannedEvent(created_at=now, changed_at=now), draft)


@command(MANAGE_PLAN)
def change_event(actor: Actor, *, event_id: int, revision: int, draft: Draft) -> PlannedEvent:
    """Change an event of the plan being written; `revision` is the one that was read.

    Raises NotFound, EventChanged, EventPublished when a published one would be renamed or made a draft, InvalidInput, EventNameTaken.
    """
    row = _held(actor, event_id)
    if row.revision != revision:
        raise EventChanged(name=row.name)
    renamed = draft.name != row.name or draft.status == PlannedEvent.Status.DRAFT
    if renamed and row.name in published_names(actor):
        raise EventPublished(name=row.name)
    row.revision += 1
    row.changed_at = clock.now()
    return _save(actor, row, draft)


@command(MANAGE_PLAN)
def remove_event(actor: Actor, *, event_id: int) -> None:
    """Take an event out of the plan that was never published. Raises NotFound, EventPublished."""
    row = _held(actor, event_id)
    if row.name in published_names(actor):
        raise EventPublished(name=row.name)
    row.delete()


@command(MANAGE_PLAN)
def publish_plan(actor: Actor, *, note: str) -> PlanVersion:
    """Put the plan as it is written into force, as the next version. Raises NothingToPublish."""
    # One at a time: the rows of the plan are held until the number is taken.
    list(PlannedEvent.visible_to(actor).order_by("id").select_for_update().values_list("id"))
    before = newest_version(actor)
    document = document_now(actor)
    changes = difference(before.document if before else {}, document)
    if not any(changes.values()):
        raise NothingToPublish
    return PlanVersion.objects.create(
        number=before.number + 1 if before else 1,
        note=note,
        document=document,
        changes=changes,
        published_at=clock.now(),
        published_by_id=actor.member_id,
    )


@command(MANAGE_PLAN)
def restore_version(actor: Actor, *, version_id: int) -> PlanVersion:
    """Write the plan as it was in a version; it comes into force when it is published. Raises NotFound.

    Whatever was published once is still among the events, so each is there to be written anew. Nothing that was written since is lost:
    what came later is retired if it is in force and a draft if it is not, and drafts stay as they are.
    """
    version = PlanVersion.visible_to(actor).filter(id=version_id).first()
    if version is None:
        raise NotFound
    then = {one["name"]: one for one in version.document["events"]}
    in_force, now = published_names(actor), clock.now()
    rows = PlannedEvent.visible_to(actor).order_by("id").select_for_update()
    changed = [row for row in rows if _put_back(row, then.get(row.name), in_force=row.name in in_force)]
    for row in changed:
        row.revision, row.changed_at = row.revision + 1, now
    PlannedEvent.objects.bulk_update(changed, [*_WRITTEN, "revision", "changed_at"])
    return version


@command(RUN_PLAN)
def hand_over_events(actor: Actor, *, whom: HandOver, event_ids: Sequence[int]) -> dict[int, dict[str, Any] | Words]:
    """Let one member answer for another's events; return what became of each."""
    his = set(_of(actor, event_ids, whom.from_id))
    PlannedEvent.visible_to(actor).filter(id__in=his).update(owner_id=whom.to_id)
    return {key: {} if key in his else NOT_HIS for key in event_ids}


@command(RUN_PLAN)
def take_back_events(actor: Actor, *, whom: HandOver, changes: Mapping[int, dict[str, Any]]) -> dict[int, Words]:
    """Undo it; return the events that somebody else answers for by now."""
    still = set(_of(actor, list(changes), whom.to_id))
    PlannedEvent.visible_to(actor).filter(id__in=still).update(owner_id=whom.from_id)
    return {key: NOT_HIS for key in changes if key not in still}


def published_names(actor: Actor) -> set[str]:
    """Return the names of the events in force."""
    newest = newest_version(actor)
    return {one["name"] for one in newest.document["events"]} if newest else set()


def _put_back(row: PlannedEvent, then: Mapping[str, Any] | None, *, in_force: bool) -> bool:
    """Let an event say what a version says of it, None for nothing; tell whether that changed it."""
    status = PlannedEvent.Status
    if then is None:
        later = status.RETIRED if in_force else status.DRAFT
        then = {**as_published(row), "status": status.DRAFT if row.status == status.DRAFT else later}
    if as_published(row) == then:
        return False
    for name in _WRITTEN:
        setattr(row, name, then[name])
    return True


def _of(actor: Actor, event_ids: Sequence[int], member_id: int) -> list[int]:
    rows = PlannedEvent.visible_to(actor).filter(id__in=event_ids, owner_id=member_id)
    return list(rows.order_by("id").select_for_update().values_list("id", flat=True))


def _held(actor: Actor, event_id: int) -> PlannedEvent:
    row = PlannedEvent.visible_to(actor).select_for_update().filter(id=event_id).first()
    if row is None:
        raise NotFound
    return row


def _save(actor: Actor, row: PlannedEvent, draft: Draft) -> PlannedEvent:
    faults = faults_of(draft.name, draft.note, draft.properties)
    if draft.owner_id is not None and draft.owner_id != row.owner_id:
        known = org.members_by_id(actor, [draft.owner_id]).get(draft.owner_id)
        if known is None or not known.active:
            faults["owner_id"] = _NO_MEMBER
    if faults:
        raise InvalidInput(fields=faults)
    row.name, row.note, row.status, row.pql = draft.name, draft.note, draft.status, draft.pql
    row.owner_id, row.properties = draft.owner_id, [dict(one) for one in draft.properties]
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise EventNameTaken(
            name=draft.name, fields={"name": EventNameTaken.words.with_values(name=draft.name)}
        ) from error
    return row
