"""The door of the platform: finds the handler, checks the token, carries out faults, writes the call log."""

import asyncio
import json
import time
from dataclasses import dataclass, field
from typing import Any

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import Receive, Scope, Send

from sandbox import faults
from sandbox.rates import CALLS_A_MINUTE, CALLS_AN_HOUR
from sandbox.storage import Row
from sandbox.wecom import tokens
from sandbox.wecom.errors import PlatformError, errmsg
from sandbox.wecom.media import Upload
from sandbox.wecom.requests import Call
from sandbox.wecom.routes import EXTERNAL, GET, POST, Handler
from sandbox.world import World

MOST_BODY_BYTES = 2 * 1024 * 1024
KEPT_CALLS = 20_000
TRIM_EVERY = 500
ANYBODY = "*"
# Of signing in with a code everybody may ask as often as he likes (document 90312).
UNCOUNTED = frozenset({"/cgi-bin/auth/getuserinfo"})
HTTP_OK = 200
HTTP_NOT_FOUND = 404


class DroppedResponse(Response):
    """Announces an answer and breaks the connection instead of giving it."""

    async def __call__(self, _scope: Scope, _receive: Receive, send: Send) -> None:
        """Send the head and the first byte only; the server then closes the connection."""
        headers = [(b"content-type", b"application/json"), (b"content-length", b"4096")]
        await send({"type": "http.response.start", "status": HTTP_OK, "headers": headers})
        await send({"type": "http.response.body", "body": b"{", "more_body": True})


@dataclass
class Exchange:
    """One call on its way through the door, for the log."""

    request: Request
    body: str = ""
    upload: Upload | None = None
    fault: str = ""
    app: Row = field(default_factory=dict)
    started: float = field(default_factory=time.perf_counter)


async def answer(request: Request) -> Response:
    """Answer any request below /cgi-bin."""
    world: World = request.app.state.world
    exchange = Exchange(request)
    await _read(exchange)
    path = request.url.path
    if path not in GET and path not in POST:
        # An unknown endpoint is loud: no invented errcode.
        return keep_call(world, exchange, JSONResponse({"detail": "unknown endpoint"}, HTTP_NOT_FOUND))
    fault = faults.take(world, "call", path)
    if fault is None:
        return keep_call(world, exchange, _handle(world, exchange))
    return await _misbehave(world, exchange, fault)


async def _read(exchange: Exchange) -> None:
    """Take in the body: JSON as text, of a multipart one the file, which is not written into the log."""
    request = exchange.request
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        exchange.body = (await request.body())[:MOST_BODY_BYTES].decode(errors="replace")
        return
    async with request.form() as form:
        given = form.get("media")
        if isinstance(given, UploadFile):
            content_type = given.content_type or "application/octet-stream"
            exchange.upload = Upload(given.filename or "", content_type, await given.read())


async def _misbehave(world: World, exchange: Exchange, fault: faults.Fault) -> Response:
    exchange.fault = fault.kind
    if fault.kind == "errcode":
        return keep_call(world, exchange, _refusal(world, int(fault.parameters["errcode"])))
    if fault.kind == "delay" and not fault.parameters.get("after"):
        await asyncio.sleep(fault.number("seconds", 1))
    # With `after` the call takes effect first, and only its answer is spoiled.
    done = _handle(world, exchange) if fault.kind == "delay" or fault.parameters.get("after") else None
    if fault.kind == "delay" and fault.parameters.get("after"):
        await asyncio.sleep(fault.number("seconds", 1))
    if fault.kind == "http":
        status = int(fault.number("status", 500))
        return keep_call(world, exchange, Response("Internal Server Error", status, media_type="text/plain"))
    if fault.kind == "drop":
        return keep_call(world, exchange, DroppedResponse())
    assert done is not None
    return keep_call(world, exchange, done)


def _handle(world: World, exchange: Exchange) -> Response:
    request, path = exchange.request, exchange.request.url.path
    try:
        handler = _handler(request.method, path)
        call = Call(world, dict(request.query_params), _json_body(request.method, exchange.body))
        call.upload = exchange.upload
        _check_address(world, request)
        if handler is not tokens.get_token:
            call.app = tokens.check_token(world, call.query.get("access_token", ""))
            _check_right(call, path)
            _check_rate(call, path)
        payload = handler(call)
    except PlatformError as error:
        return _refusal(world, error.errcode, error.hint)
    exchange.app = call.app
    if isinstance(payload, Response):
        return payload
    return JSONResponse({"errcode": 0, "errmsg": "ok"} | payload)


def _handler(method: str, path: str) -> Handler:
    found = (GET if method == "GET" else POST).get(path)
    if found is None:
        raise PlatformError(40058, "wrong method")
    return found


def _json_body(method: str, text: str) -> dict[str, Any]:
    if method == "GET" or not text:
        return {}
    try:
        body = json.loads(text)
    except ValueError as error:
        raise PlatformError(40058, "json") from error
    if not isinstance(body, dict):
        raise PlatformError(40058, "json")
    return body


def _check_right(call: Call, path: str) -> None:
    # The directory secret has no right to customers.
    if call.app["kind"] == "directory" and path.startswith(EXTERNAL):
        raise PlatformError(48002)


def _check_address(world: World, request: Request) -> None:
    trusted = world.setting("trusted_ips", ANYBODY)
    caller = request.client.host if request.client else ""
    if trusted != ANYBODY and caller not in trusted.split(","):
        raise PlatformError(60020)


def _check_rate(call: Call, path: str) -> None:
    if path in UNCOUNTED:
        return
    a_minute = int(call.world.setting("calls_a_minute", str(CALLS_A_MINUTE)))
    an_hour = int(call.world.setting("calls_an_hour", str(CALLS_AN_HOUR)))
    if not call.world.rates.take(call.corp_id, path, call.world.now(), a_minute=a_minute, an_hour=an_hour):
        raise PlatformError(45009)


def _refusal(world: World, errcode: int, hint: str = "") -> Response:
    number = int(world.storage.value("SELECT coalesce(max(id), 0) + 1 FROM calls"))
    return JSONResponse({"errcode": errcode, "errmsg": errmsg(errcode, hint, request=number)})


def keep_call(world: World, exchange: Exchange, response: Response) -> Response:
    """Write a call and its answer down; give the answer back."""
    request = exchange.request
    told = isinstance(response, JSONResponse) or response.status_code != HTTP_OK
    body = bytes(response.body).decode(errors="replace") if told else ""
    known = exchange.app or _caller(world, request)
    call_id = world.storage.insert(
        "calls",
        at=time.time() + world.clock_offset,
        corp_id=known.get("corp_id", ""),
        agent_id=known.get("agent_id"),
        method=request.method,
        path=request.url.path,
        query=dict(request.query_params),
        request=exchange.body,
        status=0 if isinstance(response, DroppedResponse) else response.status_code,
        errcode=_errcode(body),
        response=body,
        fault=exchange.fault,
        milliseconds=round((time.perf_counter() - exchange.started) * 1000, 2),
    )
    if call_id % TRIM_EVERY == 0:
        world.storage.run("DELETE FROM calls WHERE id<=?", call_id - KEPT_CALLS)
    return response


def _caller(world: World, request: Request) -> Row:
    try:
        return tokens.check_token(world, request.query_params.get("access_token", ""))
    except PlatformError:
        return {}


def _errcode(body: str) -> int | None:
    try:
        found = json.loads(body).get("errcode")
    except (ValueError, AttributeError):
        return None
    return found if isinstance(found, int) else None
