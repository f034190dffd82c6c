"""The hot routes: what must answer fast and even while the database is away, in front of everything else.

``/c/…`` live codes, ``/l/…`` links, ``/m/…`` what is heard of mails, ``/collect/…`` the collector, ``/callbacks/…`` the platforms; requests
there touch memory and the local spool only. The live stream is held here, too. All other paths are Django's.
"""

from __future__ import annotations

import asyncio
import gc
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import cache
from importlib import import_module

import structlog
from django.conf import settings

from cove.edge import live, mirror, spool
from cove.edge.callbacks.requests import GoneError, Knock, Reply
from cove.edge.callbacks.returned_mail import open_door
from cove.edge.collector import collect
from cove.edge.http import Application, Receive, Scope, Send, answer
from cove.edge.links import follow
from cove.edge.mails import heard_of_mail
from cove.edge.mirror import Mirror
from cove.edge.redirects import redirect
from cove.edge.spool import Spool
from cove.edge.spool.drain import Drainer
from cove.kernel.live import hub as hubs
from cove.kernel.live.hub import Hub

# The platforms' doors by the word after /callbacks/; an unknown one is refused by the first, as an unknown address.
_DOORS = frozenset({"wecom", "wechat", "sms", "ads"})

SWITCH_SECONDS = 0.0005
"""How long one thread may keep another waiting that has work: Python's own 5 ms, once for each answer of PostgreSQL, held up draining."""

log = structlog.get_logger(__name__)


@asynccontextmanager
async def edge_parts() -> AsyncIterator[None]:
    """Run the mirror, the spool, its drainer and the hub of this process inside the block; what is durable is drained at its end."""
    root = settings.DATA_FOLDER / "spool"
    mirrored = Mirror(settings.DATABASE_DSN, settings.DATA_FOLDER / "mirror.json")
    spooled = Spool(root)
    drainer = Drainer(settings.DATABASE_DSN, spooled, root)
    spooled.start()
    await asyncio.to_thread(mirrored.start)
    drainer.start()
    hub = Hub(settings.DATABASE_DSN)
    hub.start()
    hubs.running.append(hub)
    mirror.running.append(mirrored)
    spool.running.append(spooled)
    # What was loaded at start lives as long as the process; looking through it again and again would stall requests.
    gc.collect()
    gc.freeze()
    sys.setswitchinterval(SWITCH_SECONDS)
    returns = await open_door(settings.RETURNS_HOST, settings.RETURNS_PORT)
    try:
        yield
    finally:
        if returns is not None:
            returns.close()
        hubs.running.remove(hub)
        await hub.stop()
        mirror.running.remove(mirrored)
        spool.running.remove(spooled)
        await asyncio.to_thread(drainer.stop)
        await asyncio.to_thread(mirrored.stop)
        await asyncio.to_thread(spooled.stop)


def hot_routes(behind: Application) -> Application:
    """Return the application that answers the hot routes itself and leaves the rest to `behind`."""

    async def dispatch(scope: Scope, receive: Receive, send: Send) -> None:
        kind = scope["type"]
        if kind == "lifespan":
            await _live(receive, send)
        elif kind == "http":
            path: str = scope["path"]
            if path.startswith("/c/"):
                await redirect(scope, receive, send, behind)
            elif path.startswith("/l/"):
                await follow(scope, send)
            elif path.startswith("/m/"):
                await heard_of_mail(scope, receive, send)
            elif path.startswith("/collect/"):
                await collect(scope, receive, send)
            elif path.startswith("/callbacks/"):
                await _callback(scope, receive, send)
            elif path == live.PATH and scope["method"] == "GET":
                await live.stream(scope, receive, send)
            else:
                await behind(scope, receive, send)
        else:
            await send({"type": "websocket.close", "code": 1000})

    return dispatch


async def _live(receive: Receive, send: Send) -> None:
    await receive()
    try:
        async with edge_parts():
            await send({"type": "lifespan.startup.complete"})
            await receive()
    except Exception as error:  # the server must hear of it, whatever it is
        log.exception("edge cannot run")
        await send({"type": "lifespan.startup.failed", "message": str(error)})
        return
    await send({"type": "lifespan.shutdown.complete"})


async def _callback(scope: Scope, receive: Receive, send: Send) -> None:
    name = scope["path"].split("/", 3)[2]
    try:
        status, headers, body = await _door(name if name in _DOORS else "wecom")(Knock(scope, receive))
    except GoneError:
        return
    await answer(send, status, headers, body)


@cache
def _door(name: str) -> Callable[[Knock], Awaitable[Reply]]:
    found: Callable[[Knock], Awaitable[Reply]] = import_module(f"cove.edge.callbacks.{name}").answer
    return found


async def _nothing_behind(_scope: Scope, _receive: Receive, send: Send) -> None:
    """Say that nothing is here; the landing page is then shown by the edge itself."""
    await answer(send, 501, [(b"content-length", b"0")])


edge_only: Application = hot_routes(_nothing_behind)
"""The edge alone, for hosts that do nothing else (``cove.edge.hot:edge_only`` after `django.setup`)."""
