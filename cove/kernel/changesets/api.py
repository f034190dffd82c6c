"""Console: changes of many rows: how far, what stayed, and undoing."""

from __future__ import annotations

from datetime import datetime
from typing import Literal, cast

from django.http import HttpRequest
from ninja import Router
from pydantic import BaseModel

from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.changesets import queries
from cove.kernel.changesets.commands import continue_change, undo_change
from cove.kernel.changesets.errors import NothingToDo, StillRunning, TooLateToUndo
from cove.kernel.changesets.kind import change_kinds
from cove.kernel.changesets.models import ChangeItem, ChangeSet
from cove.kernel.errors import Forbidden, NotFound
from cove.kernel.http.answers import refusals
from cove.kernel.http.doors import actor
from cove.kernel.http.gates import signed_in
from cove.kernel.paging import DEFAULT_LIMIT, Page, bounded_count, slice_after
from cove.kernel.words import Words

console = Router(tags=["changes"])

ChangeState = Literal["planning", "running", "done", "stopped", "undoing", "undone"]
ItemState = Literal["planned", "changed", "skipped", "taken_back", "conflict"]


class ChangeSetAnswer(BaseModel):
    """One change of many rows. `job_id` is the job that works on it; `undoable` says whether it may be undone now."""

    id: int
    kind: str
    label: str
    state: ChangeState
    made_at: datetime
    finished_at: datetime | None
    undo_until: datetime
    undoable: bool
    job_id: int | None
    total: int
    changed: int
    skipped: int
    taken_back: int
    conflicts: int


class ChangeItemAnswer(BaseModel):
    """One row of a change; `reason` says why it stayed as it was."""

    id: int
    part: str
    title: str
    url: str | None
    state: ItemState
    reason: str


@console.get(
    "/change-sets/{change_set_id}", response={200: ChangeSetAnswer, **refusals(Forbidden, NotFound)}, **signed_in()
)
def read_change_set(request: HttpRequest, change_set_id: int) -> ChangeSetAnswer:
    """Read how far a change is."""
    who = actor(request)
    return change_set_answer(who, queries.change_set(who, change_set_id))


@console.get(
    "/change-sets/{change_set_id}/items",
    response={200: Page[ChangeItemAnswer], **refusals(Forbidden, NotFound)},
    **signed_in(),
)
def list_change_items(
    request: HttpRequest,
    change_set_id: int,
    state: ItemState | None = None,
    cursor: str | None = None,
    limit: int = DEFAULT_LIMIT,
) -> Page[ChangeItemAnswer]:
    """List the rows of a change: all, or such as were skipped or are in conflict."""
    who = actor(request)
    row = queries.change_set(who, change_set_id)
    rows = queries.items_of(who, change_set_id, state=state or "")
    found, following = slice_after(rows, sort="id", cursor=cursor, limit=limit)
    named = queries.pieces_of(who, row.kind, found)
    items = []
    for one in found:
        piece = named.get((one.part, one.subject_id))
        items.append(_item(one, piece.title if piece else "", piece.url if piece else None))
    total, exact = bounded_count(rows)
    return Page(items=items, next_cursor=following, total=total, total_exact=exact)


@console.post(
    "/change-sets/{change_set_id}/undo",
    response={200: ChangeSetAnswer, **refusals(Forbidden, NotFound, StillRunning, NothingToDo, TooLateToUndo)},
    **signed_in(),
)
def undo(request: HttpRequest, change_set_id: int) -> ChangeSetAnswer:
    """Undo a change; what was changed since stays and is told."""
    who = actor(request)
    return change_set_answer(who, undo_change(who, change_set_id=change_set_id))


@console.post(
    "/change-sets/{change_set_id}/continue",
    response={200: ChangeSetAnswer, **refusals(Forbidden, NotFound, StillRunning, NothingToDo)},
    **signed_in(),
)
def go_on(request: HttpRequest, change_set_id: int) -> ChangeSetAnswer:
    """Go on with a change that was stopped or that failed."""
    who = actor(request)
    return change_set_answer(who, continue_change(who, change_set_id=change_set_id))


def change_set_answer(who: Actor, row: ChangeSet) -> ChangeSetAnswer:
    """Return a change as the console sees it."""
    kind = change_kinds[row.kind]
    settled = row.state in (ChangeSet.State.DONE, ChangeSet.State.STOPPED)
    return ChangeSetAnswer(
        id=row.id,
        kind=row.kind,
        label=kind.label.here(),
        state=cast("ChangeState", row.state),
        made_at=row.made_at,
        finished_at=row.finished_at,
        undo_until=row.undo_until,
        undoable=settled and row.changed > 0 and row.undo_until > clock.now() and who.may(kind.operation),
        job_id=row.run_id,
        total=row.total,
        changed=row.changed,
        skipped=row.skipped,
        taken_back=row.taken_back,
        conflicts=row.conflicts,
    )


def _item(row: ChangeItem, title: str, url: str | None) -> ChangeItemAnswer:
    reason = Words(**row.reason).plain() if row.reason else ""
    return ChangeItemAnswer(
        id=row.id, part=row.part, title=title, url=url, state=cast("ItemState", row.state), reason=reason
    )
