"""The loop of the work process: claims what is due, performs it, notes the verdict.

An act is claimed and committed as ``sending`` before the call. The claim's number is an advisory lock held by the loop's own connection, so
a row whose lock is gone was left by a process that died, and is known at once rather than after a lease.
"""

from __future__ import annotations

import asyncio
import contextlib
import secrets
from collections.abc import Coroutine
from typing import Any

import httpx
import psycopg
import structlog

from cove.engine.channels.delivery.commands import outbox as commands
from cove.engine.channels.delivery.contracts import Doubtful, Ended, Order, Outcome, State, kinds
from cove.engine.channels.delivery.facade import off_loop
from cove.engine.channels.delivery.judging import expire, hold, judge
from cove.engine.channels.delivery.noting import Noting
from cove.engine.channels.delivery.queries import outbox as queries
from cove.kernel import clock
from cove.kernel.actor import Actor

AT_ONCE = 64
"""Acts under way in one process: after its sudden end nobody knows of so many whether they happened."""
IDLE_SECONDS = 1.0
BACK_OFF_SECONDS = 2.0
LOOK_FOR_ORPHANS_SECONDS = 5.0
LONGEST_ACT_SECONDS = 30.0
LEAVE_SECONDS = 10.0
GATHER_SECONDS, LONGEST_GATHER_SECONDS = 0.02, 0.06

log = structlog.get_logger(__name__)


class Deliveries:
    """All deliveries of this process."""

    def __init__(self, dsn: str) -> None:
        self._dsn = dsn
        self._wake = asyncio.Event()
        self._enough = asyncio.Event()
        self._under_way: dict[int, asyncio.Task[None]] = {}
        self._noting = Noting()

    async def run(self, stopping: asyncio.Event) -> None:
        """Deliver until `stopping`; what is under way then gets ten seconds, the rest is taken back at the next start."""
        stops = asyncio.create_task(self._wake_when(stopping))
        limits = httpx.Limits(max_connections=AT_ONCE * 2, keepalive_expiry=30)
        async with httpx.AsyncClient(limits=limits) as http:
            while not stopping.is_set():
                try:
                    await self._attend(http, stopping)
                except Exception:  # the loop must outlive whatever befell one turn
                    log.exception("deliveries stumbled")
                    with contextlib.suppress(TimeoutError):
                        await asyncio.wait_for(stopping.wait(), BACK_OFF_SECONDS)
            await self._leave()
        stops.cancel()

    async def _attend(self, http: httpx.AsyncClient, stopping: asyncio.Event) -> None:
        """Hold one connection with a fresh claim number; return when stopping, raise when the connection breaks."""
        # 62 bits: the number must be positive and fit PostgreSQL's bigint.
        claim = secrets.randbits(62)
        async with await psycopg.AsyncConnection.connect(self._dsn, autocommit=True) as held:
            await held.execute("SELECT pg_advisory_lock(%s)", [claim])
            await held.execute(f"LISTEN {commands.WAKE_CHANNEL}")
            listener = asyncio.create_task(self._listen(held))
            try:
                await self._turn(http, claim, stopping, listener)
            finally:
                listener.cancel()
                await asyncio.gather(listener, return_exceptions=True)

    async def _turn(
        self, http: httpx.AsyncClient, claim: int, stopping: asyncio.Event, listener: asyncio.Task[None]
    ) -> None:
        looked, clock_of_loop = float("-inf"), asyncio.get_running_loop().time
        while not stopping.is_set():
            if listener.done():
                await listener
            if 0 < AT_ONCE - len(self._under_way) < AT_ONCE // 2:
                await self._gather()
            self._wake.clear()
            if clock_of_loop() - looked > LOOK_FOR_ORPHANS_SECONDS:
                await off_loop(_take_back_orphans, claim, list(self._under_way))
                looked = clock_of_loop()
            orders, patience = await off_loop(_claim, claim, AT_ONCE - len(self._under_way))
            for order in orders:
                self._start(order, self._perform(order, http))
            if not orders or len(self._under_way) >= AT_ONCE:
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._wake.wait(), patience)

    async def _gather(self) -> None:
        """Every claim asks the gate's questions: once for half of the places rather than for each. What is new waits a moment only."""
        self._enough.clear()
        await asyncio.sleep(GATHER_SECONDS)
        if AT_ONCE - len(self._under_way) < AT_ONCE // 2:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._enough.wait(), LONGEST_GATHER_SECONDS - GATHER_SECONDS)

    async def _perform(self, order: Order, http: httpx.AsyncClient) -> None:
        kind = kinds[order.kind]
        if order.not_after is not None and clock.now() >= order.not_after:
            verdict = expire(order)
        elif order.held:
            verdict = hold(order)
        else:
            verdict = judge(kind, order, await _outcome(order, http), clock.now())
        tell = log.debug if verdict.state is State.SENT else log.info
        tell(
            "delivery",
            delivery=order.id,
            kind=order.kind,
            tenant=order.tenant_id,
            state=str(verdict.state),
            reason=verdict.reason,
            errcode=verdict.errcode,
            attempt=order.attempts,
        )
        await self._noting.note(Ended(order, verdict))

    def _start(self, order: Order, act: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(act)
        self._under_way[order.id] = task
        task.add_done_callback(lambda done: self._finished(order.id, done))

    def _finished(self, order_id: int, task: asyncio.Task[None]) -> None:
        self._under_way.pop(order_id, None)
        self._wake.set()
        if len(self._under_way) <= AT_ONCE // 2:
            self._enough.set()
        if not task.cancelled() and (error := task.exception()):
            log.error("a verdict could not be noted; the act will be taken back", delivery=order_id, exc_info=error)

    async def _listen(self, held: psycopg.AsyncConnection[Any]) -> None:
        async for _ in held.notifies():
            self._wake.set()
            self._enough.set()

    async def _wake_when(self, stopping: asyncio.Event) -> None:
        await stopping.wait()
        self._wake.set()
        self._enough.set()

    async def _leave(self) -> None:
        if self._under_way:
            _, late = await asyncio.wait(list(self._under_way.values()), timeout=LEAVE_SECONDS)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)


async def _outcome(order: Order, http: httpx.AsyncClient) -> Outcome:
    try:
        async with asyncio.timeout(LONGEST_ACT_SECONDS):
            return await kinds[order.kind].perform(order, http)
    except TimeoutError:
        return Doubtful()
    except Exception:
        log.exception("a kind of delivery stumbled", kind=order.kind, delivery=order.id)
        return Doubtful("internal_error")


def _claim(claim: int, room: int) -> tuple[list[Order], float]:
    if room <= 0:
        return [], IDLE_SECONDS
    outlook = queries.outlook()
    found: list[Order] = []
    for left, tenant_id in zip(range(len(outlook.tenants), 0, -1), outlook.tenants, strict=True):
        # An even share for each tenant that waits; what one leaves unused goes to the next.
        share = max(1, (room - len(found)) // left)
        found += commands.claim_due(Actor.system(tenant_id), claim=claim, limit=min(share, room - len(found)))
        if len(found) >= room:
            break
    wait = (outlook.next_due - clock.now()).total_seconds() if outlook.next_due else IDLE_SECONDS
    return found, max(0.0, min(wait, IDLE_SECONDS))


def _take_back_orphans(claim: int, mine: list[int]) -> None:
    for tenant_id, ids in queries.orphans(claim=claim, mine=mine).items():
        commands.take_back(Actor.system(tenant_id), ids=ids)
