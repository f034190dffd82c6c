"""The work itself: one piece after the other until nothing is left."""

from __future__ import annotations

from collections.abc import Callable

from cove.kernel.actor import Actor
from cove.kernel.changesets.commands import (
    CARRY_OUT_JOB,
    TAKE_BACK_JOB,
    carry_out_piece,
    plan_piece,
    stop_change,
    take_back_piece,
)
from cove.kernel.changesets.models import ChangeSet
from cove.kernel.jobs.job import Progress, job
from cove.kernel.words import Words

_PLANNED = Words("正在清点", "Counting")
_DONE = Words("已变更 {changed} 项，跳过 {skipped} 项", "{changed} changed, {skipped} left as they were")
_UNDONE = Words(
    "已撤销 {taken_back} 项，{conflicts} 项因后来有改动而保留",
    "{taken_back} undone, {conflicts} kept because they were changed since",
)


@job(CARRY_OUT_JOB, zh="批量变更", en="Change of many")
def carry_out(progress: Progress, actor: Actor, *, change_set_id: int) -> str:
    """Carry a change out to its end, from wherever it stands."""
    try:
        _until_nothing(plan_piece, progress, actor, change_set_id)
        _until_nothing(carry_out_piece, progress, actor, change_set_id)
    except Exception:
        stop_change(actor, change_set_id=change_set_id)
        raise
    return _DONE.here(_figures(actor, change_set_id))


@job(TAKE_BACK_JOB, zh="撤销批量变更", en="Undo a change of many")
def take_back(progress: Progress, actor: Actor, *, change_set_id: int) -> str:
    """Undo a change to its end, from wherever it stands."""
    _until_nothing(take_back_piece, progress, actor, change_set_id)
    return _UNDONE.here(_figures(actor, change_set_id))


def _until_nothing(piece: Callable[..., bool], progress: Progress, actor: Actor, change_set_id: int) -> None:
    while piece(actor, change_set_id=change_set_id):
        row = ChangeSet.visible_to(actor).get(id=change_set_id)
        if row.state == ChangeSet.State.PLANNING:
            progress.report(done=0, total=row.total, message=_PLANNED.here())
        elif row.state == ChangeSet.State.UNDOING:
            progress.report(done=row.taken_back + row.conflicts, total=row.changed)
        else:
            progress.report(done=row.changed + row.skipped, total=row.total)


def _figures(actor: Actor, change_set_id: int) -> dict[str, int]:
    row = ChangeSet.visible_to(actor).get(id=change_set_id)
    return {
        "changed": row.changed,
        "skipped": row.skipped,
        "taken_back": row.taken_back,
        "conflicts": row.conflicts,
    }
