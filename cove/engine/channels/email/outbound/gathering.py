"""Mails that are about to leave are read together: some few queries for as many as wait, instead of some few for each."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Iterator
from weakref import WeakKeyDictionary

from cove.engine.channels.delivery.facade import off_loop
from cove.engine.channels.email.commands.outgoing import make_ready
from cove.engine.channels.email.contracts.cards import Outgoing
from cove.kernel.actor import Actor

Waiting = dict[int, list[asyncio.Future[Outgoing]]]


class Gathering:
    """What is asked for while a company's last fetch is under way is fetched as one when that has come back."""

    def __init__(self) -> None:
        self._waiting: dict[int, Waiting] = {}
        self._at_work: set[asyncio.Task[None]] = set()

    async def get(self, tenant_id: int, message_id: int) -> Outgoing:
        """Return a mail made ready; one that does not exist (any more) is held as ``erased``."""
        future: asyncio.Future[Outgoing] = asyncio.get_running_loop().create_future()
        if tenant_id not in self._waiting:
            self._waiting[tenant_id] = defaultdict(list)
            task = asyncio.create_task(self._work(tenant_id))
            self._at_work.add(task)
            task.add_done_callback(self._at_work.discard)
        self._waiting[tenant_id][message_id].append(future)
        return await future

    async def _work(self, tenant_id: int) -> None:
        while waiting := self._waiting[tenant_id]:
            self._waiting[tenant_id] = defaultdict(list)
            await _fetch(tenant_id, waiting)
        del self._waiting[tenant_id]


async def _fetch(tenant_id: int, waiting: Waiting) -> None:
    try:
        found = await off_loop(make_ready, Actor.system(tenant_id), ids=list(waiting))
    except Exception as error:  # noqa: BLE001 -- whoever waits must hear of it, whatever it is
        for _, future in _unanswered(waiting):
            future.set_exception(error)
        return
    for message_id, future in _unanswered(waiting):
        future.set_result(found.get(message_id) or Outgoing(message_id, tenant_id, held="erased"))


def _unanswered(waiting: Waiting) -> Iterator[tuple[int, asyncio.Future[Outgoing]]]:
    for message_id, futures in waiting.items():
        for future in futures:
            if not future.done():
                yield message_id, future


_gatherings: WeakKeyDictionary[asyncio.AbstractEventLoop, Gathering] = WeakKeyDictionary()


def gathering() -> Gathering:
    """Return the gathering of the running event loop."""
    return _gatherings.setdefault(asyncio.get_running_loop(), Gathering())
