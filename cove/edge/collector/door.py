"""The collector's door: cross-origin rules, size, write key, and the answer after the event is durable."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from pydantic import ValidationError

from cove.edge import mirror, spool
from cove.edge.collector.events import Event, Page, Track, entry_of
from cove.edge.collector.refusals import EventTooLarge, NotTaken, OriginRefused, UnknownKey, bad_event
from cove.edge.http import Headers, Receive, Scope, Send, address, answer, header
from cove.edge.mirror import Signpost
from cove.engine.tracking.contracts import SIGNPOST, PostedSource
from cove.kernel.errors import CoveError
from cove.kernel.words import language_of, speaking

LARGEST_EVENT = 64 * 1024
"""Bytes."""

_SCRIPT = (Path(__file__).parent / "t.js").read_bytes()
_SCRIPT_TAG = f'"{hashlib.sha256(_SCRIPT).hexdigest()[:16]}"'
_EVENTS: dict[str, type[Event]] = {"page": Page, "track": Track}


async def collect(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer a tracker."""
    name: str = scope["path"].removeprefix("/collect/")
    method = scope["method"]
    if name == "t.js" and method in ("GET", "HEAD"):
        await _script(scope, send)
    elif name not in _EVENTS:
        await answer(send, 404, [(b"content-length", b"0")])
    elif method == "OPTIONS":
        await answer(send, 204, _preflight(scope))
    elif method == "POST":
        with speaking(language_of(header(scope, b"accept-language"))):
            await _take(scope, receive, send, _EVENTS[name])
    else:
        await answer(send, 405, [(b"allow", b"POST, OPTIONS"), (b"content-length", b"0")])


async def _take(scope: Scope, receive: Receive, send: Send, kind: type[Event]) -> None:
    origin = header(scope, b"origin")
    try:
        event = _parsed(kind, await _body(scope, receive))
        post = _source(event, origin)
        source = PostedSource.read(post.document)
        entry = entry_of(
            event,
            tenant_id=post.tenant_id,
            source_id=source.source_id,
            user_agent=header(scope, b"user-agent", 300),
            address=address(scope),
        )
        await _keep(entry)
    except CoveError as refusal:
        await _answer_json(send, refusal.status, _document(refusal), origin)
        return
    await _answer_json(send, 200, {"message_id": event.message_id}, origin)


async def _keep(entry: spool.Entry) -> None:
    try:
        await spool.append(entry)
    except spool.SpoolUnavailableError as error:
        raise NotTaken from error
    except spool.EntryTooLargeError as error:
        raise EventTooLarge(limit=LARGEST_EVENT) from error


async def _body(scope: Scope, receive: Receive) -> bytes:
    if int(header(scope, b"content-length") or 0) > LARGEST_EVENT:
        raise EventTooLarge(limit=LARGEST_EVENT)
    body: bytes = b""
    while True:
        message = await receive()
        body += message.get("body", b"")
        if len(body) > LARGEST_EVENT:
            raise EventTooLarge(limit=LARGEST_EVENT)
        if not message.get("more_body"):
            return body


def _parsed(kind: type[Event], body: bytes) -> Event:
    # The content type is not asked: navigator.sendBeacon sends JSON as text/plain to avoid a preflight.
    try:
        return kind.model_validate_json(body)
    except ValidationError as error:
        raise bad_event(error) from error


def _source(event: Event, origin: str) -> Signpost:
    post = mirror.signpost(SIGNPOST, event.write_key)
    if post is None:
        # What was made just before the database went away is not in this mirror yet: sending again is right, giving up would lose it.
        raise NotTaken if mirror.database_away() else UnknownKey
    if not PostedSource.read(post.document).allows(origin):
        raise OriginRefused(origin=origin)
    return post


def _document(refusal: CoveError) -> dict[str, object]:
    fields = {name: words.here(refusal.values) for name, words in refusal.fields.items()}
    return {"error": {"code": refusal.code, "message": refusal.message(), "fields": fields}}


async def _answer_json(send: Send, status: int, document: object, origin: str) -> None:
    body = json.dumps(document, ensure_ascii=False).encode()
    headers: Headers = [
        (b"content-type", b"application/json"),
        (b"content-length", str(len(body)).encode()),
        (b"cache-control", b"no-store"),
    ]
    if origin:
        # A refusal may be read by whoever sent the event: it says nothing but what was wrong with it.
        headers += [(b"access-control-allow-origin", origin.encode("latin-1")), (b"vary", b"origin")]
    await answer(send, status, headers, body)


def _preflight(scope: Scope) -> Headers:
    # Which key it will be, and so which origins are allowed, is known only with the event itself.
    return [
        (b"access-control-allow-origin", header(scope, b"origin").encode("latin-1") or b"*"),
        (b"access-control-allow-methods", b"POST"),
        (b"access-control-allow-headers", b"content-type"),
        (b"access-control-max-age", b"86400"),
        (b"vary", b"origin"),
    ]


async def _script(scope: Scope, send: Send) -> None:
    headers: Headers = [
        (b"etag", _SCRIPT_TAG.encode()),
        (b"cache-control", b"public, max-age=3600"),
        (b"access-control-allow-origin", b"*"),
        (b"cross-origin-resource-policy", b"cross-origin"),
    ]
    if header(scope, b"if-none-match") == _SCRIPT_TAG:
        await answer(send, 304, headers)
        return
    headers += [
        (b"content-type", b"text/javascript; charset=utf-8"),
        (b"content-length", str(len(_SCRIPT)).encode()),
        (b"x-content-type-options", b"nosniff"),
    ]
    await answer(send, 200, headers, b"" if scope["method"] == "HEAD" else _SCRIPT)
