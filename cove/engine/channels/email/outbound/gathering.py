"""Mails that are about to leave at the same time are read together: some few queries for thirty, instead of some few for each."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from weakref import WeakKeyDictionary

from cove.engine.channels.delivery.facade import off_loop
from cove.engine.channels.email.commands.outgoing import make_ready
from cove.engine.channels.email.contracts.cards import Outgoing
from cove.kernel.actor import Actor

Waiting = dict[int, list[asyncio.Future[Outgoing]]]


class Gathering:
    """What is asked for within one turn of the event loop is fetched as one."""

    def __init__(self) -> None:
        self._waiting: dict[int, Waiting] = defaultdict(lambda: defaultdict(list))
        self._fetches: set[asyncio.Task[None]] = set()

    async def get(self, tenant_id: int, message_id: int) -> Outgoing:
        """Return a mail made ready; one that does not exist (any more) is held as ``erased``."""
        future: asyncio.Future[Outgoing] = asyncio.get_running_loop().create_future()
        waiting = self._waiting[tenant_id]
        waiting[message_id].append(future)
        if len(waiting) == 1 and len(waiting[message_id]) == 1:
            task = asyncio.create_task(self._fetch(tenant_id))
            self._fetches.add(task)
            task.add_done_callback(self._fetches.discard)
        return await future

    async def _fetch(self, tenant_id: int) -> None:
        await asyncio.sleep(0)
        waiting = self._waiting.pop(tenant_id)
        try:
            found = await off_loop(make_ready, Actor.system(tenant_id), ids=list(waiting))
        except Exception as error:  # noqa: BLE001 -- whoever waits must hear of it, whatever it is
            for futures in waiting.values():
                for future in futures:
                    if not future.done():
                        future.set_exception(error)
            return
        for message_id, futures in waiting.items():
            mail = found.get(message_id) or Outgoing(message_id, tenant_id, held="erased")
            for future in futures:
                if not future.done():
                    future.set_result(mail)


_gatherings: WeakKeyDictionary[asyncio.AbstractEventLoop, Gathering] = WeakKeyDictionary()


def gathering() -> Gathering:
    """Return the gathering of the running event loop."""
    return _gatherings.setdefault(asyncio.get_running_loop(), Gathering())
