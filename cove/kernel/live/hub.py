"""The hub: hears every live event once a process and spreads it over the streams that it is for."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import psycopg
import structlog

from cove.kernel.actor import Actor
from cove.kernel.live.publish import CHANNEL, SESSIONS_CHANGED
from cove.kernel.operations import operations

REMEMBERED = 2_000
"""Events that a process keeps for browsers that come back."""
WAITING = 100
"""Events that may wait for a slow browser; beyond that it is told to look at everything anew."""
STREAMS_A_MEMBER = 10
STREAMS = 5_000
BACK_OFF_SECONDS = 1.0

log = structlog.get_logger(__name__)


class TooManyStreams(Exception):
    """The member, or this process, has as many open streams as are allowed."""


@dataclass(frozen=True, slots=True)
class Live:
    """One event: its id, what it is, what it says, and for whom it is."""

    id: str
    tenant_id: int
    event: str
    data: dict[str, Any]
    member_ids: frozenset[int] | None
    needs: str | None

    @classmethod
    def read(cls, payload: str) -> Live:
        """Return the event inside a NOTIFY's payload."""
        said = json.loads(payload)
        members = None if said["m"] is None else frozenset(said["m"])
        return cls(said["i"], said["t"], said["e"], said["d"], members, said["o"])

    def is_for(self, actor: Actor) -> bool:
        """Tell whether this member may hear of it."""
        if self.tenant_id != actor.tenant_id:
            return False
        if self.member_ids is not None and actor.member_id not in self.member_ids:
            return False
        return self.needs is None or (self.needs in operations and actor.may(operations[self.needs]))


@dataclass(eq=False, slots=True)
class Stream:
    """One open browser. `queue` holds its events; None wakes it, because it `ended`. `doubt` is set when its session may be over."""

    actor: Actor
    queue: asyncio.Queue[Live | None] = field(default_factory=lambda: asyncio.Queue(WAITING))
    missed: bool = False
    doubt: bool = False
    ended: bool = False

    def put(self, event: Live | None) -> None:
        """Let the stream have an event; one that is too slow misses it and knows that it did."""
        try:
            self.queue.put_nowait(event)
        except asyncio.QueueFull:
            self.missed = True


class Hub:
    """The streams of this process and one connection that listens. All of it lives in one event loop."""

    def __init__(self, dsn: str) -> None:
        self._dsn = dsn
        self._streams: set[Stream] = set()
        self._past: deque[Live] = deque(maxlen=REMEMBERED)
        self._loop = asyncio.get_running_loop()
        self._listener: asyncio.Task[None] | None = None
        self.closing = False

    def start(self) -> None:
        """Begin to listen."""
        self._listener = self._loop.create_task(self._listen())

    async def stop(self) -> None:
        """End every stream and the connection."""
        self._close()
        if self._listener is not None:
            self._listener.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._listener

    def close_soon(self) -> None:
        """End every stream; from any thread, or from a signal's handler."""
        self._loop.call_soon_threadsafe(self._close)

    @contextlib.contextmanager
    def stream(self, actor: Actor) -> Iterator[Stream]:
        """Hold a stream for this member inside the block. Raises TooManyStreams."""
        mine = sum(
            one.actor.member_id == actor.member_id and one.actor.tenant_id == actor.tenant_id for one in self._streams
        )
        if mine >= STREAMS_A_MEMBER or len(self._streams) >= STREAMS or self.closing:
            raise TooManyStreams
        opened = Stream(actor)
        self._streams.add(opened)
        try:
            yield opened
        finally:
            self._streams.discard(opened)

    def since(self, event_id: str, actor: Actor) -> list[Live] | None:
        """Return what happened for this member after the event `event_id`; None if that is longer ago than we remember."""
        found: list[Live] | None = None
        for event in self._past:
            if found is not None and event.is_for(actor) and event.event != SESSIONS_CHANGED:
                found.append(event)
            if event.id == event_id:
                found = []
        return found

    def spread(self, event: Live) -> None:
        """Give an event to every stream that it is for."""
        self._past.append(event)
        for stream in self._streams:
            if not event.is_for(stream.actor):
                continue
            if event.event == SESSIONS_CHANGED:
                stream.doubt = True
            stream.put(event)

    def _close(self) -> None:
        self.closing = True
        for stream in self._streams:
            stream.ended = True
            stream.put(None)

    async def _listen(self) -> None:
        while True:
            try:
                async with await psycopg.AsyncConnection.connect(self._dsn, autocommit=True) as listening:
                    await listening.execute(f"LISTEN {CHANNEL}")
                    self._start_afresh()
                    async for notice in listening.notifies():
                        self._take(notice.payload)
            except psycopg.Error as error:
                log.warning("live events are not heard", error=str(error).strip())
            await asyncio.sleep(BACK_OFF_SECONDS)

    def _start_afresh(self) -> None:
        # What was told while nobody listened is lost: nobody may believe to have heard everything.
        self._past.clear()
        for stream in self._streams:
            stream.missed = True

    def _take(self, payload: str) -> None:
        try:
            self.spread(Live.read(payload))
        except (ValueError, KeyError, TypeError):
            log.warning("a live event cannot be read", exc_info=True)


running: list[Hub] = []
"""The hub of this process while its edge runs: none or one."""


def close_streams() -> None:
    """End the streams of this process at once: it is about to stop, and a server waits for open answers."""
    for hub in running:
        hub.close_soon()
