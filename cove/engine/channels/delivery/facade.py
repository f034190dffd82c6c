"""What channels and other modules may ask of the outbox."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from typing import Any, ParamSpec, TypeVar

from django.db import connection
from django.db.models import Q

from cove.directory.privacy import facade as privacy
from cove.directory.privacy.contracts import Channel
from cove.engine.channels.delivery.commands import outbox
from cove.engine.channels.delivery.contracts import Purpose, QuotaState, Wanted
from cove.engine.channels.delivery.queries import rules
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


def deliver_many(actor: Actor, kind: str, wanted: Sequence[Wanted], *, purpose: Purpose | None = None) -> int:
    """Put many acts of one kind into the outbox at the cost of one; return how many were new by their keys."""
    return outbox.deliver_many(actor, kind=kind, wanted=wanted, purpose=purpose)


def held_back(actor: Actor, contact_ids: Collection[int], *, channel: Channel) -> dict[int, str]:
    """Return, of these contacts, whom marketing by this channel could not reach now and why: what a preview shows before it is ordered.

    Asked again when it leaves. Reasons are codes of `cove.facts.delivery.REASONS`.
    """
    over = dict.fromkeys(rules.over_caps(actor, contact_ids), "over_cap")
    return {**over, **privacy.held_back(actor, contact_ids, channel=channel)}


def reasons_held(actor: Actor, *, channel: Channel) -> dict[str, Q]:
    """Return for each reason of `held_back`, the first that holds first, the filter over contacts who were never merged."""
    over = rules.had_too_many(actor)
    return {**privacy.reasons_held(actor, channel=channel), **({"over_cap": over} if over is not None else {})}


def quota_states(actor: Actor) -> list[QuotaState]:
    """Return how much of each quota that channels declare is used in its window now. Raises Forbidden."""
    return rules.quota_states(actor)


async def off_loop(function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """Run database work for a coroutine in a thread, and give the thread's connection back to the pool."""

    def work() -> R:
        try:
            return function(*args, **kwargs)
        finally:
            if not connection.in_atomic_block:
                connection.close()

    return await asyncio.to_thread(work)
