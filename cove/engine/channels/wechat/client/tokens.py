"""Access tokens and page tickets: one an account, shared by all processes through a row, fetched once however many find it stale.

Source: fact sheet C1. `stable_token` gives the same token until five minutes before its end, so it is asked by force only when that very
token was refused: at most 20 times a day and 30 seconds apart, which the platform itself watches (45009, 45011).
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from cove.engine.channels.delivery.facade import off_loop
from cove.engine.channels.wechat.commands import tokens
from cove.engine.channels.wechat.errors import WechatError, WechatNoAnswer
from cove.kernel import clock
from cove.kernel.actor import Actor

if TYPE_CHECKING:
    from cove.engine.channels.wechat.client.line import Line

POLL_SECONDS = 0.05
PATIENCE_SECONDS = 12.0
AMBIGUOUS, WRONG_SECRET = 40001, 40125
ACCESS, JSAPI = "access", "jsapi"

Fetch = Callable[["Line", str], Awaitable[tuple[str, int]]]

_kept: dict[tuple[int, str, str], tuple[str, datetime]] = {}


async def current(line: Line, *, stale: str = "") -> str:
    """Return an access token that is not `stale` and has a minute to live; fetches one if nobody has."""
    return await _current(line, ACCESS, stale, _access)


async def jsapi_ticket(line: Line) -> str:
    """Return the ticket with which pages are signed for the JS-SDK."""
    return await _current(line, JSAPI, "", _ticket)


async def verified(line: Line) -> str:
    """Ask the platform for a token with the secret as it is now, and share it. Raises what a call raises."""
    token, seconds = await _access(line, "")
    await _keep(line, ACCESS, token, seconds)
    return token


async def _current(line: Line, purpose: str, stale: str, fetch: Fetch) -> str:
    key = (line.credentials.account_id, line.credentials.secret, purpose)
    token, expires_at = _kept.get(key, ("", clock.now()))
    if token and token != stale and expires_at - clock.now() > tokens.MARGIN:
        return token
    token, expires_at = await _shared(line, purpose, stale, fetch)
    _kept[key] = (token, expires_at)
    return token


async def _shared(line: Line, purpose: str, stale: str, fetch: Fetch) -> tuple[str, datetime]:
    who, account_id = Actor.system(line.credentials.tenant_id), line.credentials.account_id
    for _ in range(int(PATIENCE_SECONDS / POLL_SECONDS)):
        held = await off_loop(tokens.take_token, who, account_id=account_id, purpose=purpose, stale=stale)
        if held.token:
            return held.token, held.expires_at
        if held.fetch:
            return await _fetched(line, purpose, stale, fetch)
        await asyncio.sleep(POLL_SECONDS)
    raise WechatNoAnswer(reason="another process fetches the token and does not come back")


async def _fetched(line: Line, purpose: str, stale: str, fetch: Fetch) -> tuple[str, datetime]:
    credentials = line.credentials
    who = Actor.system(credentials.tenant_id)
    try:
        token, seconds = await fetch(line, stale)
    except KeyError as error:
        raise WechatNoAnswer(reason="the answer has no token") from error
    except BaseException:
        await asyncio.shield(off_loop(tokens.give_up_lease, who, account_id=credentials.account_id, purpose=purpose))
        raise
    return token, await _keep(line, purpose, token, seconds)


async def _keep(line: Line, purpose: str, token: str, seconds: int) -> datetime:
    credentials = line.credentials
    expires_at = clock.now() + timedelta(seconds=seconds)
    who = Actor.system(credentials.tenant_id)
    await off_loop(
        tokens.keep_token, who, account_id=credentials.account_id, purpose=purpose, token=token, expires_at=expires_at
    )
    _kept[credentials.account_id, credentials.secret, purpose] = (token, expires_at)
    return expires_at


async def _access(line: Line, stale: str) -> tuple[str, int]:
    asked = {
        "grant_type": "client_credential",
        "appid": line.credentials.app_id,
        "secret": line.credentials.secret,
    }
    try:
        document = await line.bare("POST", "cgi-bin/stable_token", {}, asked)
    except WechatError as error:
        # Where a token is asked for, 40001 means the secret (C10); anywhere else it means the token.
        if error.errcode == AMBIGUOUS:
            raise WechatError(WRONG_SECRET, error.errmsg) from error
        raise
    if stale and document["access_token"] == stale:
        document = await line.bare("POST", "cgi-bin/stable_token", {}, asked | {"force_refresh": True})
    return str(document["access_token"]), int(document.get("expires_in", 7200))


async def _ticket(line: Line, _stale: str) -> tuple[str, int]:
    document = await line.get("cgi-bin/ticket/getticket", type="jsapi")
    return str(document["ticket"]), int(document.get("expires_in", 7200))
