"""The live debugger's eye in the collector: what becomes of the events of a source while somebody looks at it.

Looking is a signpost that runs out by itself, so every web process knows of it, and nothing is done for a source that nobody looks at.
What is seen is handed on in small portions, outside the request; of a flood the newest are kept and the others counted.
Nothing here may ever hold an event up or lose it: a debugger that fails shows less, no more.
"""

from __future__ import annotations

import asyncio
from collections import deque
from dataclasses import dataclass, field

import structlog
from django.db import connection

from cove.edge import mirror
from cove.engine.tracking.contracts import WATCHED, Seen
from cove.engine.tracking.facade import note_sightings
from cove.kernel import clock
from cove.kernel.actor import Actor

__all__ = ["Seen", "saw", "watched"]

PORTION_SECONDS = 0.4
KEPT = 50
"""Events of one source that wait for the next portion."""

log = structlog.get_logger(__name__)


@dataclass(slots=True)
class _Waiting:
    tenant_id: int
    seen: deque[Seen] = field(default_factory=lambda: deque(maxlen=KEPT))
    left_out: int = 0


_waiting: dict[int, _Waiting] = {}
_tasks: set[asyncio.Task[None]] = set()


def watched(source_id: int) -> bool:
    """Tell whether somebody looks at this source now: before anything is prepared for `saw`."""
    post = mirror.signpost(WATCHED, str(source_id))
    return post is not None and bool(post.document["until"] > clock.now().timestamp())


def saw(source_id: int, seen: list[Seen]) -> None:
    """Show these to whoever looks at the source; does nothing if nobody does. Called in the edge's event loop."""
    post = mirror.signpost(WATCHED, str(source_id))
    if post is None or post.document["until"] <= clock.now().timestamp():
        return
    waiting = _waiting.get(source_id)
    if waiting is None:
        waiting = _waiting[source_id] = _Waiting(post.tenant_id)
        task = asyncio.get_running_loop().create_task(_hand_on(source_id))
        _tasks.add(task)
        task.add_done_callback(_tasks.discard)
    for one in seen:
        waiting.left_out += len(waiting.seen) == KEPT
        waiting.seen.append(one)


async def _hand_on(source_id: int) -> None:
    await asyncio.sleep(PORTION_SECONDS)
    waiting = _waiting.pop(source_id)
    try:
        await asyncio.to_thread(_note, source_id, waiting)
    except Exception:  # the debugger may fail, the collector may not hear of it
        log.warning("what was seen cannot be shown", source_id=source_id, exc_info=True)


def _note(source_id: int, waiting: _Waiting) -> None:
    try:
        actor = Actor.system(waiting.tenant_id)
        note_sightings(actor, source_id=source_id, sightings=list(waiting.seen), left_out=waiting.left_out)
    finally:
        connection.close()
