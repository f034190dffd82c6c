"""What channels and other modules may ask of the outbox."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import Any, ParamSpec, TypeVar

from django.db import connection

from cove.engine.channels.delivery.commands import outbox
from cove.engine.channels.delivery.contracts import Purpose
from cove.kernel.actor import Actor

P = ParamSpec("P")
R = TypeVar("R")


def deliver(
    actor: Actor,
    kind: str,
    key: str,
    payload: dict[str, Any],
    *,
    not_after: datetime | None = None,
    not_before: datetime | None = None,
    lane: str = "",
    purpose: Purpose | None = None,
) -> bool:
    """Put an outward act into the outbox within the caller's command or reaction; False if `key` is already there.

    It leaves as soon as the transaction commits, not before `not_before`, and never after `not_after`. Acts of one `lane` keep their order.
    `purpose` if it is another than the kind's.
    """
    return outbox.deliver(
        actor,
        kind=kind,
        key=key,
        payload=payload,
        not_before=not_before,
        not_after=not_after,
        lane=lane,
        purpose=purpose,
    )


async def off_loop(function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """Run database work for a coroutine in a thread, and give the thread's connection back to the pool."""

    def work() -> R:
        try:
            return function(*args, **kwargs)
        finally:
            if not connection.in_atomic_block:
                connection.close()

    return await asyncio.to_thread(work)
