"""Between the outbox and a line: who is called, and what the platform's word means for the act."""

from __future__ import annotations

import random
from collections.abc import Awaitable, Callable
from typing import Any

import httpx

from cove.engine.channels.delivery.contracts import Doubtful, Later, Order, Outcome, Refused, Sent
from cove.engine.channels.delivery.facade import off_loop
from cove.engine.channels.wecom import queries
from cove.engine.channels.wecom.client.line import (
    BUSY,
    BUSY_RETRIES,
    CONCURRENCY_LIMIT,
    PENALTY_SECONDS,
    RATE_LIMIT,
    STALE_TOKEN,
    Line,
)
from cove.engine.channels.wecom.commands.channels import tell_failure
from cove.engine.channels.wecom.errors import NoAnswer, NotConfigured, Unreachable, WeComError
from cove.kernel.actor import Actor

OTHER_APP_SENDING = 41096
UNREACHABLE_RETRIES = 10

# What is wrong with the channel as a whole, and stays so until somebody sets it right.
FAILURES = frozenset({"wrong_secret", "wrong_corp", "app_disabled", "address_not_allowed", "token_refused"})

Work = Callable[[Line, Order], Awaitable[dict[str, Any] | None]]


async def open_line(tenant_id: int, http: httpx.AsyncClient) -> Line:
    """Return a line for the tenant's channel. Raises NotConfigured."""
    return Line(await off_loop(queries.credentials, Actor.system(tenant_id)), http)


def performed(work: Work) -> Callable[[Order, httpx.AsyncClient], Awaitable[Outcome]]:
    """Make a `perform` of work on a line: what it returns was done, what it raises is judged by its code."""

    async def perform(order: Order, http: httpx.AsyncClient) -> Outcome:
        try:
            return Sent(await work(await open_line(order.tenant_id, http), order) or {})
        except NotConfigured:
            return Refused("not_configured")
        except Unreachable:
            return Later("unreachable", retries=UNREACHABLE_RETRIES)
        except NoAnswer:
            return Doubtful()
        except WeComError as error:
            if error.trouble.reason in FAILURES:
                await off_loop(
                    tell_failure, Actor.system(order.tenant_id), reason=error.trouble.reason, errcode=error.errcode
                )
            return outcome_of(error)

    return perform


def outcome_of(error: WeComError) -> Outcome:
    """Return what an error number means for an act: -1 is tried three times more, a quota waits its penalty (document 90313)."""
    reason, number = error.trouble.reason, error.errcode
    if number == BUSY:
        return Later(reason, number, retries=BUSY_RETRIES)
    if number == RATE_LIMIT:
        # The penalty of a minute's quota; an hour's is met by coming back each minute, which costs one call.
        return Later(reason, number, seconds=PENALTY_SECONDS, retries=None, pause=True)
    if number == CONCURRENCY_LIMIT:
        return Later(reason, number, seconds=1 + random.random(), retries=None)  # noqa: S311 -- spreading, not secrecy
    if number == OTHER_APP_SENDING:
        return Later(reason, number, seconds=1.0, retries=10)
    if number in STALE_TOKEN:
        return Later(reason, number, retries=2)
    return Refused(reason, number)
