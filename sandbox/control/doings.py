"""What people do in groups, with tasks and in customer service, over the scripting API."""

import json

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox.control.bodies import body_of, number, pusher_of, text, world_of
from sandbox.people import groups, support, tasks
from sandbox.people.errors import missing
from sandbox.storage import Row
from sandbox.wecom.archive import keep as keep_in_archive
from sandbox.wecom.groups import group_of, told

OK = {"ok": True}
KNOBS = (
    *("group_lag", "group_room", "mass_a_month", "mass_dispatch", "acquisition_quota", "kf_days"),
    *("calls_a_minute", "calls_an_hour", "trusted_ips"),
)


def _group(request: Request) -> Row:
    path = request.path_params
    found = group_of(world_of(request), path["corp_id"], path["chat_id"])
    if found is None:
        raise missing("group")
    return found


def _shown(request: Request, row: Row) -> JSONResponse:
    return JSONResponse(told(world_of(request), row))


async def create_group(request: Request) -> Response:
    """POST corps/{corp_id}/groups {owner, name, persons?}: the group."""
    body = await body_of(request)
    persons = [one for one in body.get("persons") or [] if type(one) is int]
    made = groups.create(
        world_of(request),
        pusher_of(request),
        request.path_params["corp_id"],
        text(body, "owner"),
        text(body, "name", "客户群"),
        persons,
    )
    return _shown(request, made)


async def show_group(request: Request) -> Response:
    """GET corps/{corp_id}/groups/{chat_id}."""
    return _shown(request, _group(request))


async def join_group(request: Request) -> Response:
    """POST corps/{corp_id}/groups/{chat_id}/members {person, scene?, state?}."""
    body = await body_of(request)
    found = groups.join(
        world_of(request),
        pusher_of(request),
        _group(request),
        number(body, "person"),
        scene=number(body, "scene", 1),
        state=text(body, "state", ""),
    )
    return _shown(request, found)


async def leave_group(request: Request) -> Response:
    """DELETE corps/{corp_id}/groups/{chat_id}/members/{person_id}?removed=1: he leaves, or is removed."""
    removed = request.query_params.get("removed") == "1"
    person_id = request.path_params["person_id"]
    found = groups.leave(world_of(request), pusher_of(request), _group(request), person_id, removed=removed)
    return _shown(request, found)


async def change_group(request: Request) -> Response:
    """PATCH corps/{corp_id}/groups/{chat_id} {name | notice | owner}."""
    body = await body_of(request)
    given = {name: text(body, name, "") for name in ("name", "notice", "owner")}
    return _shown(request, groups.change(world_of(request), pusher_of(request), _group(request), **given))


async def dismiss_group(request: Request) -> Response:
    """DELETE corps/{corp_id}/groups/{chat_id}."""
    groups.dismiss(world_of(request), pusher_of(request), _group(request))
    return JSONResponse(OK)


async def scan_group_code(request: Request) -> Response:
    """POST persons/{person_id}/group-codes {config_id}: the group he is in then."""
    body = await body_of(request)
    person_id = request.path_params["person_id"]
    found = groups.by_code(world_of(request), pusher_of(request), person_id, text(body, "config_id"))
    return _shown(request, found)


async def confirm_mass(request: Request) -> Response:
    """POST mass/{msgid}/members/{userid}: the member sends his part."""
    path = request.path_params
    return JSONResponse(tasks.confirm_mass(world_of(request), path["msgid"], path["userid"]))


async def list_mass(request: Request) -> Response:
    """GET corps/{corp_id}/mass: tasks, newest first."""
    rows = world_of(request).storage.rows(
        "SELECT * FROM mass_tasks WHERE corp_id=? ORDER BY rowid DESC", request.path_params["corp_id"]
    )
    return JSONResponse({"items": [row | {"content": json.loads(row["content"])} for row in rows]})


async def publish_moment(request: Request) -> Response:
    """POST moments/{moment_id}/members/{userid}: the member publishes it."""
    path = request.path_params
    tasks.publish_moment(world_of(request), path["moment_id"], path["userid"])
    return JSONResponse(OK)


async def react_to_moment(request: Request) -> Response:
    """POST moments/{moment_id}/members/{userid}/reactions {person, kind: like|comment}."""
    path, body = request.path_params, await body_of(request)
    tasks.react_to_moment(
        world_of(request), path["moment_id"], path["userid"], number(body, "person"), text(body, "kind")
    )
    return JSONResponse(OK)


async def settle_transfers(request: Request) -> Response:
    """POST corps/{corp_id}/transfers/settle {refusing?: [person], full?}: the time to refuse passes."""
    body = await body_of(request)
    moved = tasks.settle_transfers(
        world_of(request),
        pusher_of(request),
        request.path_params["corp_id"],
        refusing=[one for one in body.get("refusing") or [] if type(one) is int],
        full=bool(body.get("full")),
    )
    return JSONResponse({"moved": moved})


async def kf(request: Request) -> Response:
    """POST kf/{open_kfid}/persons/{person_id} {act: enter|write|event|answer, text?, kind?, body?, scene?, userid?}.

    `write` takes a text, or any `kind` with the `body` that kf/sync_msg is to tell; `event` the fields of an event as `body`.
    """
    path, body = request.path_params, await body_of(request)
    world, pusher, act = world_of(request), pusher_of(request), text(body, "act")
    if act == "enter":
        support.enter(world, pusher, path["open_kfid"], path["person_id"], text(body, "scene", ""))
    elif act == "write" and "kind" in body:
        said = body.get("body") or {}
        support.say(world, pusher, path["open_kfid"], path["person_id"], text(body, "kind"), said)
    elif act == "write":
        support.write(world, pusher, path["open_kfid"], path["person_id"], text(body, "text"))
    elif act == "event":
        support.tell_event(world, pusher, path["open_kfid"], path["person_id"], body.get("body") or {})
    else:
        words = text(body, "text")
        support.answer(world, pusher, path["open_kfid"], path["person_id"], text(body, "userid"), words)
    return JSONResponse(OK)


async def show_kf(request: Request) -> Response:
    """GET kf/{open_kfid}/persons/{person_id}: what both said, oldest first."""
    path = request.path_params
    rows = world_of(request).storage.rows(
        "SELECT * FROM kf_messages WHERE open_kfid=? AND person_id=? ORDER BY id", path["open_kfid"], path["person_id"]
    )
    return JSONResponse({"items": [row | {"body": json.loads(row["body"])} for row in rows]})


async def archive(request: Request) -> Response:
    """POST corps/{corp_id}/archive {sender, to: [], kind, body, room?}: a message that the archive keeps."""
    body = await body_of(request)
    msgid = keep_in_archive(
        world_of(request),
        request.path_params["corp_id"],
        sender=text(body, "sender"),
        to=[str(one) for one in body.get("to") or []],
        kind=text(body, "kind", "text"),
        body=body.get("body") or {},
        room=text(body, "room", ""),
    )
    return JSONResponse({"msgid": msgid})


async def set_setting(request: Request) -> Response:
    """PUT settings/{name} {value}: one of KNOBS."""
    body = await body_of(request)
    if request.path_params["name"] not in KNOBS:
        raise missing("setting")
    world_of(request).set_setting(request.path_params["name"], text(body, "value"))
    return JSONResponse(OK)


GROUP = "/corps/{corp_id}/groups/{chat_id}"

routes = [
    Route("/corps/{corp_id}/groups", create_group, methods=["POST"]),
    Route(GROUP, show_group, methods=["GET"]),
    Route(GROUP, change_group, methods=["PATCH"]),
    Route(GROUP, dismiss_group, methods=["DELETE"]),
    Route(GROUP + "/members", join_group, methods=["POST"]),
    Route(GROUP + "/members/{person_id:int}", leave_group, methods=["DELETE"]),
    Route("/persons/{person_id:int}/group-codes", scan_group_code, methods=["POST"]),
    Route("/corps/{corp_id}/mass", list_mass, methods=["GET"]),
    Route("/mass/{msgid}/members/{userid}", confirm_mass, methods=["POST"]),
    Route("/moments/{moment_id}/members/{userid}", publish_moment, methods=["POST"]),
    Route("/moments/{moment_id}/members/{userid}/reactions", react_to_moment, methods=["POST"]),
    Route("/corps/{corp_id}/transfers/settle", settle_transfers, methods=["POST"]),
    Route("/kf/{open_kfid}/persons/{person_id:int}", kf, methods=["POST"]),
    Route("/kf/{open_kfid}/persons/{person_id:int}", show_kf, methods=["GET"]),
    Route("/corps/{corp_id}/archive", archive, methods=["POST"]),
    Route("/settings/{name}", set_setting, methods=["PUT"]),
]
