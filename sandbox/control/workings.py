"""Clock, misbehaviour, and the logs of calls and callbacks."""

import json
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox import faults
from sandbox.control.bodies import body_of, number, pusher_of, text, world_of
from sandbox.people.errors import RefusedError, missing
from sandbox.storage import Row
from sandbox.wecom.events import raise_event
from sandbox.world import World

MOST_ROWS = 1000
REPEAT_KINDS = ("", "forge", "truncate", "wrong_corp", "oversize")


def _clock(world: World) -> dict[str, int]:
    return {"now": world.now(), "offset_seconds": world.clock_offset}


async def show_clock(request: Request) -> Response:
    """GET clock."""
    return JSONResponse(_clock(world_of(request)))


async def move_clock(request: Request) -> Response:
    """POST clock {offset_seconds} or {advance_seconds}."""
    world, body = world_of(request), await body_of(request)
    ahead = number(body, "offset_seconds", world.clock_offset) + number(body, "advance_seconds", 0)
    world.set_setting("clock_offset", str(ahead))
    return JSONResponse(_clock(world))


async def list_faults(request: Request) -> Response:
    """GET faults: what is still to come."""
    return JSONResponse({"items": faults.waiting(world_of(request))})


async def order_fault(request: Request) -> Response:
    """POST faults {target, pattern, kind, times, …}: see README."""
    world, body = world_of(request), await body_of(request)
    try:
        fault_id = faults.order(world, body)
    except faults.FaultError as error:
        raise RefusedError("bad_fault", str(error), 400) from error
    return JSONResponse({"id": fault_id}, 201)


async def clear_faults(request: Request) -> Response:
    """DELETE faults: behave again."""
    return JSONResponse({"cleared": world_of(request).storage.change("DELETE FROM faults")})


def _limit(request: Request) -> int:
    wanted = request.query_params.get("limit", "100")
    return min(int(wanted), MOST_ROWS) if wanted.isdecimal() else 100


def _since(request: Request) -> int:
    wanted = request.query_params.get("since", "0")
    return int(wanted) if wanted.isdecimal() else 0


async def list_calls(request: Request) -> Response:
    """GET calls?path=*&errcode=&corp_id=&since=id&limit=: platform calls, newest first."""
    query = request.query_params
    rows = world_of(request).storage.rows(
        "SELECT * FROM calls WHERE path GLOB ? AND (?='' OR errcode=?) AND (?='' OR corp_id=?) AND id>?"
        " ORDER BY id DESC LIMIT ?",
        query.get("path", "*"),
        query.get("errcode", ""),
        query.get("errcode", ""),
        query.get("corp_id", ""),
        query.get("corp_id", ""),
        _since(request),
        _limit(request),
    )
    return JSONResponse({"items": [_shown_call(row) for row in rows]})


def _shown_call(row: Row) -> dict[str, Any]:
    return row | {name: _parsed(row[name]) for name in ("query", "request", "response")}


def _parsed(text: str) -> Any:
    try:
        return json.loads(text) if text else None
    except ValueError:
        return text


async def list_callbacks(request: Request) -> Response:
    """GET callbacks?state=&change_type=&since=&limit=: events with all attempts, newest first."""
    storage, query = world_of(request).storage, request.query_params
    rows = storage.rows(
        "SELECT * FROM callbacks WHERE (?='' OR state=?) AND (?='' OR change_type=?) AND id>? ORDER BY id DESC LIMIT ?",
        query.get("state", ""),
        query.get("state", ""),
        query.get("change_type", ""),
        query.get("change_type", ""),
        _since(request),
        _limit(request),
    )
    attempts = [
        storage.rows("SELECT * FROM callback_attempts WHERE callback_id=? ORDER BY id", row["id"]) for row in rows
    ]
    return JSONResponse({"items": [row | {"attempts": tries} for row, tries in zip(rows, attempts, strict=True)]})


async def repeat_callback(request: Request) -> Response:
    """POST callbacks/{id}/repeat {count?, kind?}: send what was sent once more, byte for byte or spoiled.

    kind: left out (a replay), forge, truncate, wrong_corp or oversize. Answers how many got HTTP 200.
    """
    world, body = world_of(request), await body_of(request)
    note = world.storage.row("SELECT * FROM callbacks WHERE id=?", request.path_params["callback_id"])
    if note is None:
        raise missing("callback")
    kind = text(body, "kind", "")
    if kind not in REPEAT_KINDS:
        raise RefusedError("bad_field", f"kind must be one of {', '.join(REPEAT_KINDS[1:])}, or left out.", 400)
    taken = await pusher_of(request).repeat(note, kind, number(body, "count", 1))
    return JSONResponse({"sent": len(taken), "taken": sum(taken)})


async def raise_callback(request: Request) -> Response:
    """POST callbacks {corp_id, event, fields, customer?}: any event, to all apps with a callback."""
    world, body = world_of(request), await body_of(request)
    fields = body.get("fields") or {}
    if not isinstance(fields, dict) or any(type(value) not in (str, int) for value in fields.values()):
        raise RefusedError("bad_field", "fields must be an object of texts and whole numbers.", 400)
    notes = raise_event(world, text(body, "corp_id"), text(body, "event"), fields, customer=text(body, "customer", ""))
    pusher_of(request).push(notes)
    return JSONResponse({"ids": [note["id"] for note in notes]}, 201)


async def drain(request: Request) -> Response:
    """POST callbacks/drain: answers when no delivery is under way."""
    await pusher_of(request).drain()
    return JSONResponse({"ok": True})


routes = [
    Route("/clock", show_clock, methods=["GET"]),
    Route("/clock", move_clock, methods=["POST"]),
    Route("/faults", list_faults, methods=["GET"]),
    Route("/faults", order_fault, methods=["POST"]),
    Route("/faults", clear_faults, methods=["DELETE"]),
    Route("/calls", list_calls, methods=["GET"]),
    Route("/callbacks", list_callbacks, methods=["GET"]),
    Route("/callbacks", raise_callback, methods=["POST"]),
    Route("/callbacks/drain", drain, methods=["POST"]),
    Route("/callbacks/{callback_id:int}/repeat", repeat_callback, methods=["POST"]),
]
