"""The collector's door: cross-origin rules, key, rate, and the answer after everything taken is durable."""

from __future__ import annotations

from typing import Any

import msgspec

from cove.edge import spool
from cove.edge.collector import script, watching
from cove.edge.collector.bodies import GoneError, body_of, too_large
from cove.edge.collector.desk import Desk
from cove.edge.collector.events import TYPES, Taken
from cove.edge.collector.rates import seconds_to_wait
from cove.edge.collector.reading import UnreadError, read_batch, read_event
from cove.edge.collector.refusals import BadEvent, NotTaken, TooManyEvents
from cove.edge.collector.requests import Request, request_of
from cove.edge.collector.senders import RETRY_SECONDS, Sender, Source, source_of
from cove.edge.collector.verdicts import (
    Verdict,
    batch_document,
    judge_batch,
    judge_event,
    note_document,
    refusal_document,
    seen,
)
from cove.edge.collector.wire import MOST_EVENTS
from cove.edge.http import Headers, Receive, Scope, Send, answer, header
from cove.kernel import clock
from cove.kernel.errors import CoveError
from cove.kernel.metrics import COLLECTED
from cove.kernel.words import language_of, speaking

_NAMES = TYPES | {"batch"}
_TAKEN, _REFUSED = COLLECTED.labels(verdict="taken"), COLLECTED.labels(verdict="refused")


async def collect(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer a tracker."""
    name: str = scope["path"].removeprefix("/collect/")
    method = scope["method"]
    if name in _NAMES and method == "POST":
        await _take(name, request_of(scope), receive, send)
    elif name in script.NAMES and method in ("GET", "HEAD"):
        await script.serve_script(scope, send, name)
    elif name not in _NAMES:
        await answer(send, 404, [(b"content-length", b"0")])
    elif method == "OPTIONS":
        await answer(send, 204, _preflight(scope))
    else:
        await answer(send, 405, [(b"allow", b"POST, OPTIONS"), (b"content-length", b"0")])


async def _take(name: str, request: Request, receive: Receive, send: Send) -> None:
    batch = name == "batch"
    try:
        body = await body_of(receive, announced=request.announced, encoding=request.encoding, batch=batch)
        document = await (_batch(request, body) if batch else _single(name, request, body))
    except GoneError:
        return
    except CoveError as refusal:
        _REFUSED.inc()
        with speaking(language_of(request.language)):
            error = refusal_document(refusal)
        await _answer(send, refusal.status, {"error": error}, request.origin, refusal.values.get("seconds"))
        return
    await _answer(send, 200, document, request.origin)


async def _single(name: str, request: Request, body: bytes) -> dict[str, Any]:
    try:
        event = read_event(body)
    except UnreadError as error:
        raise _unread(name, error, request) from error
    event.type = name
    sender = _sender(event.write_key or request.bearer, request, events=1)
    verdict = judge_event(event, Desk(sender, event.sent_at, event.context))
    if verdict.taken is None:
        _show(sender.source, [verdict])
        raise verdict.refusal or NotTaken
    await _keep(sender, [verdict.taken])
    _TAKEN.inc()
    _show(sender.source, [verdict])
    if not verdict.notes:
        return {"message_id": verdict.message_id, "notes": []}
    with speaking(language_of(request.language)):
        return {"message_id": verdict.message_id, "notes": [note_document(note) for note in verdict.notes]}


async def _batch(request: Request, body: bytes) -> dict[str, Any]:
    try:
        batch = read_batch(body)
    except UnreadError as error:
        raise _unread("batch", error, request) from error
    if len(batch.batch) > MOST_EVENTS:
        raise too_large(batch=True)
    sender = _sender(batch.write_key or request.bearer, request, events=len(batch.batch))
    verdicts = judge_batch(batch, sender, size=len(body))
    taken = [verdict.taken for verdict in verdicts if verdict.taken is not None]
    if taken:
        await _keep(sender, taken)
    _TAKEN.inc(len(taken))
    _REFUSED.inc(len(verdicts) - len(taken))
    _show(sender.source, verdicts)
    with speaking(language_of(request.language)):
        return batch_document(verdicts)


def _unread(name: str, error: UnreadError, request: Request) -> CoveError:
    """Return the refusal of what could not be read. Raises that of the key where there is one to judge."""
    refusal = BadEvent.of(error.faults)
    if error.document:
        source = source_of(error.text("write_key") or request.bearer, request.origin)
        _show(source, [Verdict(name, error.text("message_id"), refusal=refusal)])
    return refusal


def _sender(key: str, request: Request, *, events: int) -> Sender:
    source = source_of(key, request.origin)
    if wait := seconds_to_wait(source.source_id, request.address, events, server=source.server):
        raise TooManyEvents(seconds=wait)
    now = clock.now()
    return Sender(source, request.address, request.user_agent, request.names, now, now.timestamp())


async def _keep(sender: Sender, taken: list[Taken]) -> None:
    frames = spool.frames(sender.source.tenant_id, [one.key for one in taken], [one.row for one in taken])
    try:
        await spool.submit_frame(frames)
    except spool.SpoolUnavailableError as error:
        raise NotTaken(seconds=RETRY_SECONDS) from error


def _show(source: Source, verdicts: list[Verdict]) -> None:
    if watching.watched(source.source_id):
        now = clock.now()
        watching.saw(source.source_id, [seen(verdict, now) for verdict in verdicts])


async def _answer(send: Send, status: int, document: Any, origin: str, wait: int | None = None) -> None:
    body = msgspec.json.encode(document)
    headers: Headers = [
        (b"content-type", b"application/json"),
        (b"content-length", str(len(body)).encode()),
        (b"cache-control", b"no-store"),
    ]
    if wait:
        headers.append((b"retry-after", str(wait).encode()))
    if origin:
        # A refusal may be read by whoever sent the event: it says nothing but what was wrong with it.
        headers += [(b"access-control-allow-origin", origin.encode("latin-1")), (b"vary", b"origin")]
        headers += [(b"access-control-expose-headers", b"retry-after")] if wait else []
    await answer(send, status, headers, body)


def _preflight(scope: Scope) -> Headers:
    # Which key it will be, and so which origins are allowed, is known only with the event itself.
    return [
        (b"access-control-allow-origin", header(scope, b"origin").encode("latin-1") or b"*"),
        (b"access-control-allow-methods", b"POST"),
        (b"access-control-allow-headers", b"content-type, content-encoding, authorization"),
        (b"access-control-max-age", b"86400"),
        (b"vary", b"origin"),
    ]
