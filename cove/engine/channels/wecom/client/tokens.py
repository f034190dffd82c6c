"""Access tokens: one a channel, shared by all processes through a row, fetched once however many find it stale (document 91039)."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from cove.engine.channels.delivery.facade import off_loop
from cove.engine.channels.wecom.commands import tokens
from cove.engine.channels.wecom.errors import NoAnswer
from cove.kernel import clock
from cove.kernel.actor import Actor

if TYPE_CHECKING:
    from cove.engine.channels.wecom.client.line import Line

POLL_SECONDS = 0.05
PATIENCE_SECONDS = 8.0

_kept: dict[tuple[int, str], tuple[str, datetime]] = {}


async def current(line: Line, *, stale: str = "") -> str:
    """Return a token that is not `stale` and has a minute to live; fetches one if nobody has."""
    key = (line.credentials.channel_id, line.credentials.secret)
    token, expires_at = _kept.get(key, ("", clock.now()))
    if token and token != stale and expires_at - clock.now() > tokens.MARGIN:
        return token
    token, expires_at = await _shared(line, stale)
    _kept[key] = (token, expires_at)
    return token


async def _shared(line: Line, stale: str) -> tuple[str, datetime]:
    who, channel_id = Actor.system(line.credentials.tenant_id), line.credentials.channel_id
    for _ in range(int(PATIENCE_SECONDS / POLL_SECONDS)):
        held = await off_loop(tokens.take_token, who, channel_id=channel_id, stale=stale)
        if held.token:
            return held.token, held.expires_at
        if held.fetch:
            return await _fetched(line)
        await asyncio.sleep(POLL_SECONDS)
    raise NoAnswer(reason="another process fetches the token and does not come back")


async def _fetched(line: Line) -> tuple[str, datetime]:
    credentials = line.credentials
    who = Actor.system(credentials.tenant_id)
    query = {"corpid": credentials.corp_id, "corpsecret": credentials.secret}
    try:
        document = await line.call("GET", "gettoken", query, None)
        token = str(document["access_token"])
    except KeyError as error:
        raise NoAnswer(reason="no access_token in the answer") from error
    except BaseException:
        await asyncio.shield(off_loop(tokens.give_up_lease, who, channel_id=credentials.channel_id))
        raise
    expires_at = clock.now() + timedelta(seconds=int(document.get("expires_in", 7200)))
    await off_loop(tokens.keep_token, who, channel_id=credentials.channel_id, token=token, expires_at=expires_at)
    return token, expires_at


async def verified(line: Line) -> str:
    """Ask the platform for the token with the secret as it is now, and share it; the platform gives the same one until it nears its end."""
    token, expires_at = await _fetched(line)
    _kept[line.credentials.channel_id, line.credentials.secret] = (token, expires_at)
    return token
