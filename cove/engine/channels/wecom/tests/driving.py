"""Letting the parts run until they come to rest."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from contextvars import Context
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from cove.engine.channels.delivery.facade import off_loop
from cove.engine.channels.delivery.models import Delivery
from cove.engine.channels.delivery.run import Deliveries
from cove.kernel.actor import Actor
from cove.kernel.log.consume import drain
from cove.kernel.log.fact import Fact
from cove.kernel.log.publish import append_facts, pending
from cove.kernel.scope import tenant_scope


def unfinished(actor: Actor) -> int:
    with tenant_scope(actor.tenant_id):
        return Delivery.objects.filter(state__in=["pending", "sending"]).count()


def deliver_all(
    actor: Actor, seconds: float = 90, context: Context | None = None, until: Callable[[], bool] | None = None
) -> None:
    """Run the delivery loop until nothing of the tenant waits, or `until` is true where something is to wait.

    In an empty `context` no tenant is bound, as in the work process.
    """

    def rested() -> bool:
        with tenant_scope(actor.tenant_id):
            return until() if until else not unfinished(actor)

    async def run() -> None:
        stopping = asyncio.Event()
        loop = asyncio.create_task(Deliveries(settings.DATABASE_DSN).run(stopping), context=context)
        end = time.monotonic() + seconds
        while not await off_loop(rested):
            assert time.monotonic() < end, "deliveries did not come to rest"
            assert not loop.done(), loop
            await asyncio.sleep(0.02)
        stopping.set()
        await loop

    asyncio.run(run())


def settle_all(actor: Actor) -> None:
    """Let facts and deliveries cause each other until nothing follows."""
    for _ in range(10):
        passed = drain()
        waiting = unfinished(actor)
        if not passed and not waiting:
            return
        deliver_all(actor)
    raise AssertionError("no rest")


def hear(fact: Fact, at: datetime | None = None) -> None:
    """Put a fact into the log of the bound tenant, as the door does."""
    with transaction.atomic():
        append_facts([pending(fact, at=at, chain=())])


def facts_of(actor: Actor, kind: str = "") -> list[dict[str, Any]]:
    """Return the tenant's facts, oldest first."""
    import json

    with tenant_scope(actor.tenant_id), connection.cursor() as cursor:
        cursor.execute("SELECT kind, payload, at, chain FROM log_fact ORDER BY xid, position")
        rows = cursor.fetchall()
    names = ("kind", "payload", "at", "chain")
    found = [dict(zip(names, row, strict=True)) for row in rows]
    for row in found:
        row["payload"] = json.loads(row["payload"]) if isinstance(row["payload"], str) else row["payload"]
    return [row for row in found if not kind or row["kind"] == kind]
