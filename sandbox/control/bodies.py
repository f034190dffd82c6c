"""Reading JSON bodies of the scripting API, and its errors."""

import json
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from sandbox.people.errors import RefusedError
from sandbox.wecom.callbacks import Pusher
from sandbox.world import World

Endpoint = Callable[[Request], Awaitable[Response]]


async def body_of(request: Request) -> dict[str, Any]:
    """Return the JSON object sent, {} when nothing was; RefusedError bad_json."""
    raw = await request.body()
    try:
        body = json.loads(raw) if raw else {}
    except ValueError as error:
        raise RefusedError("bad_json", "The body is not JSON.", 400) from error
    if not isinstance(body, dict):
        raise RefusedError("bad_json", "The body is not a JSON object.", 400)
    return body


def text(body: dict[str, Any], name: str, default: str | None = None) -> str:
    """Return a text field; RefusedError bad_field when it is missing or of another type."""
    value = body.get(name, default)
    if not isinstance(value, str):
        raise RefusedError("bad_field", f"{name} must be a text.", 400)
    return value


def number(body: dict[str, Any], name: str, default: int | None = None) -> int:
    """Return a whole number field; RefusedError bad_field when it is missing or of another type."""
    value = body.get(name, default)
    if type(value) is not int:
        raise RefusedError("bad_field", f"{name} must be a whole number.", 400)
    return value


def world_of(request: Request) -> World:
    """Return the running sandbox."""
    world: World = request.app.state.world
    return world


def pusher_of(request: Request) -> Pusher:
    """Return the one who delivers callbacks."""
    pusher: Pusher = request.app.state.pusher
    return pusher


async def show_refusal(_: Request, error: Exception) -> Response:
    """Answer a RefusedError as JSON."""
    assert isinstance(error, RefusedError)
    return JSONResponse({"error": {"code": error.code, "message": error.message}}, error.status)
