"""Departments and members of a company, changed by hand; each change is told to applications as WeCom tells it."""

import json
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox import seed
from sandbox.control.bodies import body_of, number, pusher_of, text, world_of
from sandbox.control.corps import USERID, shown_corp
from sandbox.people.errors import RefusedError, missing
from sandbox.people.friends import corp
from sandbox.storage import Row
from sandbox.wecom import directory_events
from sandbox.wecom.directory import departments_below, member_of, members_of
from sandbox.world import World


def _tell(request: Request, notes: list[Row]) -> Response:
    world = world_of(request)
    pusher_of(request).push(notes)
    world.streams.tell(0)
    return JSONResponse(shown_corp(world, corp(world, request.path_params["corp_id"])))


def _department(world: World, request: Request) -> Row:
    found = world.storage.row(
        "SELECT * FROM departments WHERE corp_id=? AND id=?", request.path_params["corp_id"], request.path_params["id"]
    )
    if found is None:
        raise missing("department")
    return found


async def create_department(request: Request) -> Response:
    """POST corps/{corp_id}/departments {id?, name, name_en?, parent_id?, order?}: create_party."""
    world, body = world_of(request), await body_of(request)
    corp_id = corp(world, request.path_params["corp_id"])["corp_id"]
    known = {row["id"] for row in world.storage.rows("SELECT id FROM departments WHERE corp_id=?", corp_id)}
    key, parent = number(body, "id", max(known) + 1), number(body, "parent_id", 1)
    if key in known or parent not in known:
        raise RefusedError("bad_department", "The id is taken, or there is no such parent.", 409)
    row = {
        "id": key,
        "name": text(body, "name"),
        "name_en": text(body, "name_en", ""),
        "parent_id": parent,
        "position": number(body, "order", 100000000 - 1000 * len(known)),
    }
    seed.create_department(world, corp_id, row)
    response = _tell(request, directory_events.department_created(world, corp_id, row))
    response.status_code = 201
    return response


async def change_department(request: Request) -> Response:
    """PATCH corps/{corp_id}/departments/{id} {name?, parent_id?, order?}: update_party, with what changed only."""
    world, body = world_of(request), await body_of(request)
    row = _department(world, request)
    changed: dict[str, Any] = {}
    if "name" in body:
        changed["name"] = text(body, "name")
    if "order" in body:
        changed["position"] = number(body, "order")
    if "parent_id" in body:
        changed["parent_id"] = number(body, "parent_id")
        inside = {one["id"] for one in departments_below(world, row["corp_id"], row["id"])}
        all_ids = {one["id"] for one in departments_below(world, row["corp_id"], 1)}
        if row["id"] == 1 or changed["parent_id"] in inside or changed["parent_id"] not in all_ids:
            raise RefusedError("bad_department", "There is no such parent, or it is below the department itself.", 409)
    for name, value in changed.items():
        sql = f"UPDATE departments SET {name}=? WHERE corp_id=? AND id=?"  # noqa: S608 (names are ours)
        world.storage.run(sql, value, row["corp_id"], row["id"])
    return _tell(request, directory_events.department_changed(world, row["corp_id"], row["id"], changed))


async def delete_department(request: Request) -> Response:
    """DELETE corps/{corp_id}/departments/{id}: delete_party; only an empty one, as on the real page."""
    world = world_of(request)
    row = _department(world, request)
    below = departments_below(world, row["corp_id"], row["id"])
    inside = [member for member in members_of(world, row["corp_id"]) if row["id"] in member["departments"]]
    if row["id"] == 1 or len(below) > 1 or inside:
        raise RefusedError("not_empty", "A department with members or departments below cannot be deleted.", 409)
    world.storage.run("DELETE FROM departments WHERE corp_id=? AND id=?", row["corp_id"], row["id"])
    return _tell(request, directory_events.department_deleted(world, row["corp_id"], row["id"]))


async def create_member(request: Request) -> Response:
    """POST corps/{corp_id}/members {userid, name, and the optional ones of PATCH, mobile, email, gender}: create_user."""
    world, body = world_of(request), await body_of(request)
    corp_id = corp(world, request.path_params["corp_id"])["corp_id"]
    userid = text(body, "userid")
    _check_userid(world, corp_id, userid)
    departments = _departments(world, corp_id, body.get("departments") or [1])
    columns: dict[str, object] = {
        "userid": userid,
        "name": text(body, "name"),
        "title": text(body, "title", ""),
        "mobile": text(body, "mobile", ""),
        "email": text(body, "email", ""),
        "gender": number(body, "gender", 0),
        "status": number(body, "status", 1),
        "serves_customers": bool(body.get("serves_customers", True)),
        "departments": departments,
        "leads": [one for one in body.get("leads", []) if one in departments],
    }
    seed.create_member(world, corp_id, columns)
    response = _tell(request, directory_events.member_created(world, corp_id, userid))
    response.status_code = 201
    return response


async def change_member(request: Request) -> Response:
    """PATCH corps/{corp_id}/members/{userid}: update_user, with what changed only.

    {name?, title?, mobile?, email?, status?, serves_customers?, departments?, leads?, new_userid?}; the first department is the main one.
    """
    world, body = world_of(request), await body_of(request)
    corp_id, userid = request.path_params["corp_id"], request.path_params["userid"]
    row = member_of(world, corp_id, userid)
    if row is None:
        raise missing("member")
    changed: dict[str, Any] = {
        name: body[name] for name in ("name", "title", "mobile", "email", "status", "serves_customers") if name in body
    }
    if "departments" in body:
        changed["departments"] = _departments(world, corp_id, body["departments"])
    if "leads" in body:
        places: list[int] = changed["departments"] if "departments" in changed else row["departments"]
        changed["leads"] = [one for one in body["leads"] if one in places]
    new = text(body, "new_userid", "")
    if new and new != userid:
        if new.lower() != userid.lower():
            _check_userid(world, corp_id, new)
        changed["userid"] = new
    with world.storage.transaction():
        for name, value in changed.items():
            stored = json.dumps(value) if isinstance(value, list) else value
            sql = f"UPDATE members SET {name}=? WHERE corp_id=? AND userid=?"  # noqa: S608 (names are ours)
            world.storage.run(sql, stored, corp_id, row["userid"] if name == "userid" else userid)
            if name == "userid":
                _carry_friends(world, corp_id, row["userid"], new)
                userid = new
    return _tell(request, directory_events.member_changed(world, corp_id, row["userid"], userid, changed))


async def delete_member(request: Request) -> Response:
    """DELETE corps/{corp_id}/members/{userid}: he resigned; delete_user."""
    world = world_of(request)
    row = member_of(world, request.path_params["corp_id"], request.path_params["userid"])
    if row is None:
        raise missing("member")
    world.storage.run("DELETE FROM members WHERE corp_id=? AND userid=?", row["corp_id"], row["userid"])
    return _tell(request, directory_events.member_deleted(world, row["corp_id"], row["userid"]))


def _check_userid(world: World, corp_id: str, userid: str) -> None:
    if not USERID.match(userid):
        raise RefusedError(
            "bad_userid", "A userid has 1 to 64 letters, digits or _-@. and starts with a letter or digit."
        )
    if member_of(world, corp_id, userid):
        raise RefusedError("taken", "There is a member with this userid.", 409)


def _departments(world: World, corp_id: str, wanted: Any) -> list[int]:
    known = {row["id"] for row in world.storage.rows("SELECT id FROM departments WHERE corp_id=?", corp_id)}
    if not isinstance(wanted, list) or not wanted or not known.issuperset(wanted):
        raise RefusedError("bad_department", "There is no such department.")
    return wanted


def _carry_friends(world: World, corp_id: str, old: str, new: str) -> None:
    for table in ("relations", "messages"):
        sql = f"UPDATE {table} SET userid=? WHERE corp_id=? AND userid=?"  # noqa: S608 (names are ours)
        world.storage.run(sql, new, corp_id, old)


routes = [
    Route("/corps/{corp_id}/departments", create_department, methods=["POST"]),
    Route("/corps/{corp_id}/departments/{id:int}", change_department, methods=["PATCH"]),
    Route("/corps/{corp_id}/departments/{id:int}", delete_department, methods=["DELETE"]),
    Route("/corps/{corp_id}/members", create_member, methods=["POST"]),
    Route("/corps/{corp_id}/members/{userid}", change_member, methods=["PATCH"]),
    Route("/corps/{corp_id}/members/{userid}", delete_member, methods=["DELETE"]),
]
