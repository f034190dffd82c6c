"""Between the outbox and a line: who is called, and what the platform's word means for the act."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import httpx

from cove.engine.channels.delivery.contracts import Doubtful, Later, Order, Outcome, Refused, Sent
from cove.engine.channels.delivery.facade import off_loop
from cove.engine.channels.wechat import queries
from cove.engine.channels.wechat.client.line import BUSY, BUSY_RETRIES, PENALTY_SECONDS, RATE_LIMITS, STALE_TOKEN, Line
from cove.engine.channels.wechat.commands.accounts import tell_failure
from cove.engine.channels.wechat.errors import AccountIncomplete, WechatError, WechatNoAnswer, WechatUnreachable
from cove.kernel.actor import Actor

UNREACHABLE_RETRIES = 10

# What is wrong with the account as a whole, and stays so until somebody sets it right.
FAILURES = frozenset({"wrong_secret", "wrong_corp", "address_not_allowed", "token_refused"})

Work = Callable[[Line, Order], Awaitable[dict[str, Any] | None]]


async def open_line(tenant_id: int, account_id: int, http: httpx.AsyncClient) -> Line:
    """Return a line for one account. Raises AccountIncomplete."""
    return Line(await off_loop(queries.credentials, Actor.system(tenant_id), account_id), http)


def performed(work: Work) -> Callable[[Order, httpx.AsyncClient], Awaitable[Outcome]]:
    """Make a `perform` of work on a line: what it returns was done, what it raises is judged by its code."""

    async def perform(order: Order, http: httpx.AsyncClient) -> Outcome:
        account_id = order.payload["account_id"]
        try:
            return Sent(await work(await open_line(order.tenant_id, account_id, http), order) or {})
        except AccountIncomplete:
            return Refused("not_configured")
        except WechatUnreachable:
            return Later("unreachable", retries=UNREACHABLE_RETRIES)
        except WechatNoAnswer:
            return Doubtful()
        except WechatError as error:
            reason, number = error.trouble.reason, error.errcode
            if reason in FAILURES:
                who = Actor.system(order.tenant_id)
                await off_loop(tell_failure, who, account_id=account_id, reason=reason, errcode=number)
            return outcome_of(error)

    return perform


def outcome_of(error: WechatError) -> Outcome:
    """Return what an error number means for an act: -1 is tried three times more, a quota waits its minute."""
    reason, number = error.trouble.reason, error.errcode
    if number == BUSY:
        return Later(reason, number, retries=BUSY_RETRIES)
    if number in RATE_LIMITS:
        # A day's quota is met by coming back each minute, which costs one call.
        return Later(reason, number, seconds=PENALTY_SECONDS, retries=None, pause=True)
    if number in STALE_TOKEN:
        return Later(reason, number, retries=2)
    return Refused(reason, number)
