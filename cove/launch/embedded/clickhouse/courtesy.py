"""Merges step aside: whoever inserts or asks has the processor first.

The engine puts parts together in threads of its own. On a small machine that is all busy they would take half of it just when much
arrives. They are made less urgent, as ClickHouse's ``os_threads_nice_value_merge_mutate`` does it; that setting wants a right
(CAP_SYS_NICE) which a process does not need for making itself less urgent, and does nothing without it. Only a little: they must keep
up in the long run.
"""

from __future__ import annotations

import os
from pathlib import Path

NAME = "MergeMutate"
"""What ClickHouse calls these threads (src/Interpreters/Context.cpp); there are none before the first table."""
LESS = 5
"""Of twenty steps; where everything is busy a merge gets a third of what an insert gets."""


def let_merges_step_aside() -> None:
    """Make the threads of merges less urgent than this process; where the system does not tell of threads, nothing is done."""
    for thread in merging_threads(os.getpid()):
        os.setpriority(os.PRIO_PROCESS, thread, os.getpriority(os.PRIO_PROCESS, 0) + LESS)


def merging_threads(process: int) -> list[int]:
    """Return the numbers of a process's threads that merge (proc(5))."""
    return [int(task.name) for task in Path(f"/proc/{process}/task").glob("*") if _name(task) == NAME]


def _name(task: Path) -> str:
    try:
        return (task / "comm").read_text(encoding="ascii").strip()
    except OSError:  # it ended meanwhile
        return ""
