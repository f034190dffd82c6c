"""Verdicts on their way into the outbox: those that come while others are being noted go together, in one transaction."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import NamedTuple

import structlog
from django.db import DatabaseError

from cove.engine.channels.delivery.commands import outbox, settling
from cove.engine.channels.delivery.contracts import Ended
from cove.engine.channels.delivery.facade import off_loop
from cove.kernel.actor import Actor

PAUSES = (0.1, 0.5, 2.0)
MOST = 100
"""Verdicts in one transaction."""

log = structlog.get_logger(__name__)


class _Waiting(NamedTuple):
    ended: Ended
    noted: asyncio.Future[None]


class Noting:
    """Notes the verdicts of one event loop, for each company one transaction after the other.

    Nothing is waited for: what came in while the last transaction ran is the next one, and a verdict that comes alone is noted alone.
    """

    def __init__(self) -> None:
        self._waiting: dict[int, list[_Waiting]] = {}
        self._at_work: set[asyncio.Task[None]] = set()

    async def note(self, ended: Ended) -> None:
        """Return when a verdict is in the outbox. Raises what forbids it, when trying again some times does not help."""
        noted: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        tenant_id = ended.order.tenant_id
        if tenant_id in self._waiting:
            self._waiting[tenant_id].append(_Waiting(ended, noted))
        else:
            self._waiting[tenant_id] = [_Waiting(ended, noted)]
            task = asyncio.create_task(self._work(tenant_id))
            self._at_work.add(task)
            task.add_done_callback(self._at_work.discard)
        await noted

    async def _work(self, tenant_id: int) -> None:
        while waiting := self._waiting[tenant_id]:
            group, self._waiting[tenant_id] = waiting[:MOST], waiting[MOST:]
            if len(group) == 1 or not await _noted_together(tenant_id, group):
                await asyncio.gather(*map(_noted_alone, group))
        del self._waiting[tenant_id]


async def _noted_together(tenant_id: int, group: list[_Waiting]) -> bool:
    """Note several verdicts at once; return False if that cannot be, and nothing was noted."""
    actor, ended = Actor.system(tenant_id), [one.ended for one in group]
    try:
        await _patiently(lambda: settling.settle_together(actor, ended=ended))
    except Exception:  # whatever one of them is about, the others must not suffer from it
        log.exception(
            "verdicts could not be noted together; each is noted by itself", tenant=tenant_id, count=len(group)
        )
        return False
    for one in group:
        _answer(one, None)
    return True


async def _noted_alone(one: _Waiting) -> None:
    order, verdict = one.ended
    error: Exception | None = None
    try:
        await _patiently(lambda: outbox.settle(Actor.system(order.tenant_id), order=order, verdict=verdict))
    except Exception as found:  # noqa: BLE001 -- whoever waits must hear of it, whatever it is
        error = found
    _answer(one, error)


def _answer(one: _Waiting, error: Exception | None) -> None:
    if one.noted.done():
        return
    if error is None:
        one.noted.set_result(None)
    else:
        one.noted.set_exception(error)


async def _patiently(act: Callable[[], object]) -> None:
    # What was done must not be forgotten because two transactions met or the database restarted.
    for pause in PAUSES:
        try:
            await off_loop(act)
        except DatabaseError:
            log.warning("a verdict waits for the database", exc_info=True)
            await asyncio.sleep(pause)
        else:
            return
    await off_loop(act)
