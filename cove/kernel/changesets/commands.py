"""Carrying out and undoing, piece by piece. Each piece is a transaction that also writes down what it did, so that it is done once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.db.models import F, Max

from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.changesets.errors import NothingToDo, StillRunning, TooLateToUndo
from cove.kernel.changesets.kind import change_kinds
from cove.kernel.changesets.models import ChangeItem, ChangeSet
from cove.kernel.changesets.permissions import CARRY_OUT, UNDO_OWN
from cove.kernel.command import command
from cove.kernel.errors import NotFound
from cove.kernel.jobs.commands import start_job
from cove.kernel.jobs.job import jobs
from cove.kernel.jobs.models import JobRun
from cove.kernel.words import Words

CARRY_OUT_JOB = "changesets.carry_out"
TAKE_BACK_JOB = "changesets.take_back"
UNDO_DAYS = 30
PLAN_CHUNK = 2_000
CHUNK = 500

State, Item = ChangeSet.State, ChangeItem.State


def begin_change(actor: Actor, *, kind: str, arguments: dict[str, Any], about_id: int | None = None) -> ChangeSet:
    """Start a change of many rows as a job, within the caller's command; return its row."""
    if kind not in change_kinds:
        raise KeyError(kind)
    now = clock.now()
    row = ChangeSet.objects.create(
        kind=kind,
        arguments=arguments,
        about_id=about_id,
        made_by=actor.member_id,
        made_at=now,
        undo_until=now + timedelta(days=UNDO_DAYS),
    )
    return _start(actor, row, CARRY_OUT_JOB)


@command(UNDO_OWN)
def continue_change(actor: Actor, *, change_set_id: int) -> ChangeSet:
    """Go on with a change that was stopped, or that failed midway. Raises NotFound, Forbidden, StillRunning, NothingToDo."""
    row = _locked(actor, change_set_id)
    _refuse_while_running(row)
    if row.state in (State.DONE, State.UNDONE):
        raise NothingToDo
    if row.state == State.STOPPED:
        row.state = State.PLANNING
        row.save(update_fields=["state"])
    return _start(actor, row, TAKE_BACK_JOB if row.state == State.UNDOING else CARRY_OUT_JOB)


@command(UNDO_OWN)
def undo_change(actor: Actor, *, change_set_id: int) -> ChangeSet:
    """Undo a change as a job; what somebody changed since is told as a conflict and stays.

    Raises NotFound, Forbidden, StillRunning, NothingToDo, TooLateToUndo.
    """
    row = _locked(actor, change_set_id)
    _refuse_while_running(row)
    if row.state in (State.UNDONE, State.UNDOING):
        raise NothingToDo
    if clock.now() >= row.undo_until:
        raise TooLateToUndo(days=UNDO_DAYS)
    row.state, row.undone_by = State.UNDOING, actor.member_id
    row.save(update_fields=["state", "undone_by"])
    return _start(actor, row, TAKE_BACK_JOB)


@command(CARRY_OUT)
def plan_piece(actor: Actor, *, change_set_id: int) -> bool:
    """Write down the next rows that are to be changed; return whether there may be more."""
    row = _held(actor, change_set_id)
    if row.state != State.PLANNING:
        return False
    kind = change_kinds[row.kind]
    for part in kind.parts(row):
        mine = ChangeItem.objects.filter(change_set=row, part=part)
        after, taken = mine.aggregate(last=Max("subject_id"))["last"] or 0, mine.count()
        found = kind.plan(actor, row, part, after, taken, PLAN_CHUNK)
        if found:
            ChangeItem.objects.bulk_create(
                ChangeItem(change_set=row, part=part, subject_id=one.subject_id, target_id=one.target_id)
                for one in found
            )
            ChangeSet.objects.filter(id=row.id).update(total=F("total") + len(found))
            return True
    ChangeSet.objects.filter(id=row.id).update(state=State.RUNNING)
    return False


@command(CARRY_OUT)
def carry_out_piece(actor: Actor, *, change_set_id: int) -> bool:
    """Change the next rows; return whether there were any. The last call finishes the change."""
    row = _held(actor, change_set_id)
    if row.state != State.RUNNING:
        return False
    kind, items = change_kinds[row.kind], _next(row, Item.PLANNED)
    for part, some in _by_part(items).items():
        _write_down(some, kind.carry_out(actor, row, part, some))
    row.changed += sum(one.state == Item.CHANGED for one in items)
    row.skipped += sum(one.state == Item.SKIPPED for one in items)
    if not items:
        row.state, row.finished_at = State.DONE, clock.now()
        kind.finished(actor, row)
    row.save(update_fields=["changed", "skipped", "state", "finished_at"])
    return bool(items)


@command(CARRY_OUT)
def take_back_piece(actor: Actor, *, change_set_id: int) -> bool:
    """Undo the next rows; return whether there were any. The last call ends the undoing."""
    row = _held(actor, change_set_id)
    if row.state != State.UNDOING:
        return False
    kind, items = change_kinds[row.kind], _next(row, Item.CHANGED)
    for part, some in _by_part(items).items():
        conflicts = kind.take_back(actor, row, part, some)
        for one in some:
            stands = conflicts.get(one.subject_id)
            one.state = Item.CONFLICT if stands else Item.TAKEN_BACK
            one.reason = _both(stands) if stands else None
        ChangeItem.objects.bulk_update(some, ["state", "reason"])
    row.taken_back += sum(one.state == Item.TAKEN_BACK for one in items)
    row.conflicts += sum(one.state == Item.CONFLICT for one in items)
    if not items:
        row.state, row.undone_at = State.UNDONE, clock.now()
    row.save(update_fields=["taken_back", "conflicts", "state", "undone_at"])
    return bool(items)


@command(CARRY_OUT)
def stop_change(actor: Actor, *, change_set_id: int) -> None:
    """Note that a change ended midway; what was done stays, and may be continued or undone."""
    ChangeSet.visible_to(actor).filter(id=change_set_id, state__in=[State.PLANNING, State.RUNNING]).update(
        state=State.STOPPED
    )


def _start(actor: Actor, row: ChangeSet, job: str) -> ChangeSet:
    row.run_id = start_job(actor, jobs[job], change_set_id=row.id).id
    row.save(update_fields=["run_id"])
    return row


def _locked(actor: Actor, change_set_id: int) -> ChangeSet:
    row = ChangeSet.visible_to(actor).select_for_update().filter(id=change_set_id).first()
    if row is None:
        raise NotFound
    actor.require(change_kinds[row.kind].operation)
    return row


def _held(actor: Actor, change_set_id: int) -> ChangeSet:
    # Two processes that both believe the job is theirs do one piece after the other, never the same piece twice.
    return ChangeSet.visible_to(actor).select_for_update().get(id=change_set_id)


def _refuse_while_running(row: ChangeSet) -> None:
    if JobRun.objects.filter(id=row.run_id or 0, state__in=[JobRun.State.WAITING, JobRun.State.RUNNING]).exists():
        raise StillRunning


def _next(row: ChangeSet, state: str) -> list[ChangeItem]:
    return list(ChangeItem.objects.filter(change_set=row, state=state).order_by("id")[:CHUNK])


def _by_part(items: Sequence[ChangeItem]) -> dict[str, list[ChangeItem]]:
    found: dict[str, list[ChangeItem]] = defaultdict(list)
    for one in items:
        found[one.part].append(one)
    return found


def _write_down(items: Sequence[ChangeItem], outcomes: Mapping[int, dict[str, Any] | Words]) -> None:
    for one in items:
        outcome = outcomes[one.subject_id]
        if isinstance(outcome, Words):
            one.state, one.reason = Item.SKIPPED, _both(outcome)
        else:
            one.state, one.change = Item.CHANGED, outcome
    ChangeItem.objects.bulk_update(items, ["state", "reason", "change"])


def _both(words: Words) -> dict[str, str]:
    return {"zh": words.zh, "en": words.en}
