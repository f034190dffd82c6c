from __future__ import annotations

from cove.kernel.errors import CoveError
from cove.kernel.words import Words


class TooLateToUndo(CoveError):
    code = "changesets.too_late_to_undo"
    status = 409
    words = Words("已超过 {days} 天，无法撤销", "It is more than {days} days ago and cannot be undone")


class StillRunning(CoveError):
    code = "changesets.still_running"
    status = 409
    words = Words("变更仍在进行，请等待完成或先取消", "It is still under way; wait until it ends, or cancel it first")


class NothingToDo(CoveError):
    code = "changesets.nothing_to_do"
    status = 409
    words = Words("该变更已撤销或已完成，无需再次操作", "It was already undone or finished; there is nothing to do")
