"""``GET /api/notices/stream``: server-sent events, held open before Django so that an open browser costs neither thread nor connection.

The session is asked for at the beginning, every half minute, and at once when one of the member's sessions ended. See
docs/decisions/0047-live-stream.md.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Coroutine
from http.cookies import CookieError, SimpleCookie
from typing import Any

import structlog
from django.db import connection

from cove.directory.org.api.session import SESSION_COOKIE
from cove.directory.org.facade import actor_of_token, cookie_name
from cove.edge.http import Receive, Scope, Send, answer, header
from cove.kernel.actor import Actor
from cove.kernel.errors import CoveError, SignInRequired
from cove.kernel.live import hub as hubs
from cove.kernel.live.hub import Hub, Live, Stream, TooManyStreams
from cove.kernel.live.publish import SESSIONS_CHANGED
from cove.kernel.words import Words, language_of, speaking

PATH = "/api/notices/stream"
HEARTBEAT_SECONDS = 15.0
RECHECK_SECONDS = 30.0
RETRY_MILLISECONDS = 3_000

log = structlog.get_logger(__name__)


class TooManyPages(CoveError):
    """The member has as many live pages open as are allowed; this one asks now and then instead."""

    code = "edge.too_many_pages"
    status = 429
    words = Words("打开的页面过多，请关闭一些后重试", "Too many pages are open; close some and try again")


async def stream(scope: Scope, receive: Receive, send: Send) -> None:
    """Hold one browser's stream until it leaves, its session ends or this process stops."""
    token = _token(scope)
    actor = await _who(token)
    if actor is None:
        await _refuse(scope, send, SignInRequired())
        return
    hub = hubs.running[0]
    try:
        with hub.stream(actor) as opened:
            await _begin(send, hub, opened, header(scope, b"last-event-id", 64))
            await _until_either(_write(send, opened, token), _left(receive))
            await send({"type": "http.response.body", "body": b""})
    except TooManyStreams:
        await _refuse(scope, send, TooManyPages())


async def _begin(send: Send, hub: Hub, opened: Stream, last: str) -> None:
    headers = [
        (b"content-type", b"text/event-stream; charset=utf-8"),
        (b"cache-control", b"no-store"),
        # nginx would otherwise gather events until a buffer is full.
        (b"x-accel-buffering", b"no"),
        (b"x-content-type-options", b"nosniff"),
    ]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await _say(send, f"retry: {RETRY_MILLISECONDS}\n\n")
    past = hub.since(last, opened.actor) if last else []
    if past is None:
        opened.missed = True
    for event in past or []:
        await _say(send, _frame(event))


async def _write(send: Send, opened: Stream, token: str) -> None:
    checked = time.monotonic()
    while True:
        if opened.missed:
            opened.missed = False
            await _say(send, "event: look\ndata: {}\n\n")
        event = await _next(opened)
        if opened.ended:
            return
        if opened.doubt or time.monotonic() - checked > RECHECK_SECONDS:
            opened.doubt, checked = False, time.monotonic()
            actor = await _who(token)
            if actor is None:
                await _say(send, "event: signed_out\ndata: {}\n\n")
                return
            # Rights may have changed: from here on he hears what he may hear now.
            opened.actor = actor
        if event is None:
            await _say(send, ": still here\n\n")
        elif event.event != SESSIONS_CHANGED and event.is_for(opened.actor):
            await _say(send, _frame(event))


async def _next(opened: Stream) -> Live | None:
    """Return the next event, or None after a while without one and at the end."""
    try:
        async with asyncio.timeout(HEARTBEAT_SECONDS):
            return await opened.queue.get()
    except TimeoutError:
        return None


async def _until_either(*works: Coroutine[Any, Any, None]) -> None:
    tasks = [asyncio.create_task(work) for work in works]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        ended = await asyncio.gather(*tasks, return_exceptions=True)
    for error in ended:
        if isinstance(error, Exception) and not isinstance(error, OSError):
            log.error("a live stream stumbled", exc_info=error)


async def _left(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _say(send: Send, text: str) -> None:
    await send({"type": "http.response.body", "body": text.encode(), "more_body": True})


def _frame(event: Live) -> str:
    return f"id: {event.id}\nevent: {event.event}\ndata: {json.dumps(event.data)}\n\n"


async def _refuse(scope: Scope, send: Send, error: CoveError) -> None:
    with speaking(language_of(header(scope, b"accept-language"))):
        body = {"error": {"code": error.code, "message": error.message(), "fields": {}}, "request_id": ""}
    headers = [(b"content-type", b"application/json; charset=utf-8"), (b"cache-control", b"no-store")]
    await answer(send, error.status, headers, json.dumps(body, ensure_ascii=False).encode())


def _token(scope: Scope) -> str:
    try:
        cookies = SimpleCookie(header(scope, b"cookie", 8_000))
    except CookieError:
        return ""
    name = cookie_name(SESSION_COOKIE, secure=scope.get("scheme") == "https")
    return cookies[name].value if name in cookies else ""


async def _who(token: str) -> Actor | None:
    def look() -> Actor | None:
        try:
            found = actor_of_token(token)
            return found[0] if found else None
        finally:
            connection.close()

    return await asyncio.to_thread(look) if token else None
