"""Corp tags changed by hand in WeCom's console; each change is told to applications as WeCom tells it (document 92129)."""

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox.control.bodies import body_of, pusher_of, text, world_of
from sandbox.people.errors import RefusedError
from sandbox.people.friends import corp
from sandbox.wecom import tags
from sandbox.wecom.errors import PlatformError
from sandbox.wecom.events import TAG_EVENT, raise_event
from sandbox.wecom.requests import Call

BY_HAND = 0
"""The application by which tags are made that no application made."""


async def create(request: Request) -> Response:
    """POST corps/{corp_id}/tags {group, names: []}: create, for the group too where it is new; answers the group."""
    body = await body_of(request)
    names = body.get("names")
    if not isinstance(names, list) or not all(isinstance(one, str) for one in names):
        raise RefusedError("bad_field", "names must be texts.", 400)
    call = _call(request, {"group_name": text(body, "group"), "tag": [{"name": one} for one in names]})
    before = {row["group_id"] for row in tags.groups_of(call) if not row["deleted"]}
    made = _done(tags.add_tags, call)["tag_group"]
    if made["group_id"] not in before:
        _tell(request, "create", made["group_id"], "tag_group")
    for one in made["tag"]:
        _tell(request, "create", one["id"], "tag")
    return JSONResponse(made, 201)


async def rename(request: Request) -> Response:
    """PATCH corps/{corp_id}/tags/{id} {name}: update; a tag or a group."""
    call = _call(request, {"id": request.path_params["id"], "name": text(await body_of(request), "name")})
    kind = _kind(call, call.body["id"])
    _done(tags.edit_tag, call)
    _tell(request, "update", call.body["id"], kind)
    return JSONResponse({"ok": True})


async def delete(request: Request) -> Response:
    """DELETE corps/{corp_id}/tags/{id}: delete; of a group only the group is told, not its tags."""
    wanted = request.path_params["id"]
    call = _call(request, {})
    kind = _kind(call, wanted)
    call.body = {"group_id" if kind == "tag_group" else "tag_id": [wanted]}
    _done(tags.delete_tags, call)
    _tell(request, "delete", wanted, kind)
    return JSONResponse({"ok": True})


async def shuffle(request: Request) -> Response:
    """POST corps/{corp_id}/tags/{id}/shuffle: tells that the tags of a group stand in another order."""
    call = _call(request, {})
    _kind(call, request.path_params["id"])
    _tell(request, "shuffle", request.path_params["id"], "")
    return JSONResponse({"ok": True})


def _call(request: Request, body: dict[str, Any]) -> Call:
    world = world_of(request)
    corp_id = corp(world, request.path_params["corp_id"])["corp_id"]
    return Call(world, {}, body, {"corp_id": corp_id, "agent_id": BY_HAND})


def _kind(call: Call, wanted: str) -> str:
    return "tag_group" if any(row["group_id"] == wanted for row in tags.groups_of(call)) else "tag"


def _done(act: Any, call: Call) -> dict[str, Any]:
    try:
        found: dict[str, Any] = act(call)
    except PlatformError as error:
        raise RefusedError("bad_tag", f"WeCom would refuse this with {error.errcode}.", 409) from error
    return found


def _tell(request: Request, change: str, key: str, kind: str) -> None:
    fields = {"ChangeType": change, "Id": key} | ({"TagType": kind} if kind else {})
    # Changes of one corp's tags are told in their order.
    corp_id = request.path_params["corp_id"]
    pusher_of(request).push(raise_event(world_of(request), corp_id, TAG_EVENT, fields, customer=TAG_EVENT))


routes = [
    Route("/corps/{corp_id}/tags", create, methods=["POST"]),
    Route("/corps/{corp_id}/tags/{id}", rename, methods=["PATCH"]),
    Route("/corps/{corp_id}/tags/{id}", delete, methods=["DELETE"]),
    Route("/corps/{corp_id}/tags/{id}/shuffle", shuffle, methods=["POST"]),
]
