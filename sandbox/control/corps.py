"""Companies, their people, and where their callbacks go."""

import json
import re
import secrets
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox import seed
from sandbox.control.bodies import body_of, number, pusher_of, text, world_of
from sandbox.people.errors import RefusedError, missing
from sandbox.people.friends import corp
from sandbox.storage import Row
from sandbox.wecom import callbacks, tokens
from sandbox.wecom.directory import members_of
from sandbox.world import World

TOKEN = re.compile(r"^[A-Za-z0-9]{3,32}$")
AES_KEY = re.compile(r"^[A-Za-z0-9+/]{43}$")
USERID = re.compile(r"^[A-Za-z0-9][A-Za-z0-9_\-@.]{0,63}$")


def shown_corp(world: World, row: Row) -> dict[str, Any]:
    """Return a company with its secrets: it is a sandbox."""
    apps = world.storage.rows("SELECT * FROM apps WHERE corp_id=? ORDER BY kind, agent_id", row["corp_id"])
    departments = world.storage.rows(
        "SELECT id, name, name_en, parent_id, position FROM departments WHERE corp_id=?", row["corp_id"]
    )
    return {
        "corp_id": row["corp_id"],
        "name": row["name"],
        "full_name": row["full_name"],
        "base_url": world.settings.base_url,
        "apps": [_shown_app(app) for app in apps],
        "departments": departments,
        "members": [_shown_member(member) for member in members_of(world, row["corp_id"])],
    }


def _shown_app(app: Row) -> dict[str, Any]:
    return {
        "agent_id": app["agent_id"],
        "kind": app["kind"],
        "name": app["name"],
        "secret": app["secret"],
        "sees_private_fields": bool(app["sees_private_fields"]),
        "callback": {
            "url": app["callback_url"],
            "token": app["callback_token"],
            "aes_key": app["callback_aes_key"],
        },
    }


def _shown_member(member: Row) -> dict[str, Any]:
    shown = {name: value for name, value in member.items() if name != "corp_id"}
    return shown | {"serves_customers": bool(member["serves_customers"])}


def app_of(world: World, request: Request) -> Row:
    """Return the application named in the path; RefusedError not_found."""
    found = world.storage.row(
        "SELECT * FROM apps WHERE corp_id=? AND agent_id=?",
        request.path_params["corp_id"],
        request.path_params["agent_id"],
    )
    if found is None:
        raise missing("app")
    return found


async def list_corps(request: Request) -> Response:
    """GET corps."""
    world = world_of(request)
    rows = world.storage.rows("SELECT * FROM corps ORDER BY rowid")
    return JSONResponse({"items": [shown_corp(world, row) for row in rows]})


async def create_corp(request: Request) -> Response:
    """POST corps {name, full_name?, corp_id?, secret?, agent_id?, app_name?}: with a root and one app."""
    world, body = world_of(request), await body_of(request)
    name = text(body, "name")
    corp_id = text(body, "corp_id", "ww" + secrets.token_hex(8))
    if world.storage.row("SELECT 1 FROM corps WHERE corp_id=?", corp_id):
        raise RefusedError("taken", "There is a corp with this id.", 409)
    with world.storage.transaction():
        seed.create_corp(world, corp_id, name, text(body, "full_name", name))
        seed.create_department(world, corp_id, {"id": 1, "name": name, "parent_id": 0, "position": 100000000})
        secret = text(body, "secret", secrets.token_urlsafe(33)[:43])
        seed.create_app(world, corp_id, number(body, "agent_id", 1000002), text(body, "app_name", "应用"), secret)
    return JSONResponse(shown_corp(world, corp(world, corp_id)), 201)


async def create_department(request: Request) -> Response:
    """POST corps/{corp_id}/departments {id, name, name_en?, parent_id?}."""
    world, body = world_of(request), await body_of(request)
    corp_id = corp(world, request.path_params["corp_id"])["corp_id"]
    key, parent = number(body, "id"), number(body, "parent_id", 1)
    known = {row["id"] for row in world.storage.rows("SELECT id FROM departments WHERE corp_id=?", corp_id)}
    if key in known or parent not in known:
        raise RefusedError("bad_department", "The id is taken, or there is no such parent.", 409)
    columns = {
        "id": key,
        "name": text(body, "name"),
        "name_en": text(body, "name_en", ""),
        "parent_id": parent,
    }
    seed.create_department(world, corp_id, columns | {"position": 100000000 - 1000 * len(known)})
    return JSONResponse(shown_corp(world, corp(world, corp_id)), 201)


async def create_member(request: Request) -> Response:
    """POST corps/{corp_id}/members {userid, name, and the optional ones of PATCH, mobile, email, gender}."""
    world, body = world_of(request), await body_of(request)
    corp_id = corp(world, request.path_params["corp_id"])["corp_id"]
    userid = text(body, "userid")
    if not USERID.match(userid):
        raise RefusedError(
            "bad_userid", "A userid has 1 to 64 letters, digits or _-@. and starts with a letter or digit."
        )
    if world.storage.row("SELECT 1 FROM members WHERE corp_id=? AND userid=?", corp_id, userid):
        raise RefusedError("taken", "There is a member with this userid.", 409)
    known = {row["id"] for row in world.storage.rows("SELECT id FROM departments WHERE corp_id=?", corp_id)}
    departments = body.get("departments") or [1]
    if not isinstance(departments, list) or not known.issuperset(departments):
        raise RefusedError("bad_department", "There is no such department.")
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
    }
    seed.create_member(world, corp_id, columns)
    return JSONResponse(shown_corp(world, corp(world, corp_id)), 201)


async def change_member(request: Request) -> Response:
    """PATCH corps/{corp_id}/members/{userid} {name?, title?, status?, serves_customers?, departments?}."""
    world, body = world_of(request), await body_of(request)
    corp_id, userid = request.path_params["corp_id"], request.path_params["userid"]
    if not world.storage.row("SELECT 1 FROM members WHERE corp_id=? AND userid=?", corp_id, userid):
        raise missing("member")
    for name in ("name", "title", "status", "serves_customers", "departments"):
        if name in body:
            value = json.dumps(body[name]) if name == "departments" else body[name]
            sql = f"UPDATE members SET {name}=? WHERE corp_id=? AND userid=?"  # noqa: S608 (names are ours)
            world.storage.run(sql, value, corp_id, userid)
    return JSONResponse(shown_corp(world, corp(world, corp_id)))


async def set_callback(request: Request) -> Response:
    """PUT corps/{corp_id}/apps/{agent_id}/callback {url, token, aes_key, verify?}.

    Saved only when the address answers the echo, as on the real page; else 422 with the reason. An empty
    url turns callbacks off; `verify: false` saves without asking.
    """
    world, body = world_of(request), await body_of(request)
    app = app_of(world, request)
    url, token, aes_key = text(body, "url").strip(), text(body, "token", ""), text(body, "aes_key", "")
    if url:
        if not url.startswith(("http://", "https://")):
            raise RefusedError("bad_url", "The address must begin with http:// or https://.")
        if not TOKEN.match(token):
            raise RefusedError("bad_token", "A token has 3 to 32 letters and digits.")
        if not AES_KEY.match(aes_key):
            raise RefusedError("bad_aes_key", "An EncodingAESKey has 43 letters and digits.")
    changed = app | {"callback_url": url, "callback_token": token, "callback_aes_key": aes_key}
    if url and body.get("verify", True):
        try:
            await callbacks.verify(world, changed)
        except callbacks.NotVerifiedError as error:
            raise RefusedError(error.code, f"The callback address {error}.") from error
    world.storage.run(
        "UPDATE apps SET callback_url=?, callback_token=?, callback_aes_key=? WHERE corp_id=? AND agent_id=?",
        url,
        token,
        aes_key,
        app["corp_id"],
        app["agent_id"],
    )
    return JSONResponse(_shown_app(changed))


async def change_app(request: Request) -> Response:
    """PATCH corps/{corp_id}/apps/{agent_id} {secret?, sees_private_fields?}; secret "" makes a new one."""
    world, body = world_of(request), await body_of(request)
    app = app_of(world, request)
    if "secret" in body:
        app["secret"] = text(body, "secret") or secrets.token_urlsafe(33)[:43]
    if "sees_private_fields" in body:
        app["sees_private_fields"] = int(bool(body["sees_private_fields"]))
    world.storage.run(
        "UPDATE apps SET secret=?, sees_private_fields=? WHERE corp_id=? AND agent_id=?",
        app["secret"],
        app["sees_private_fields"],
        app["corp_id"],
        app["agent_id"],
    )
    return JSONResponse(_shown_app(app))


async def expire_tokens(request: Request) -> Response:
    """POST tokens/expire {corp_id?}: all tokens end now."""
    body = await body_of(request)
    return JSONResponse({"expired": tokens.expire_tokens(world_of(request), text(body, "corp_id", "") or None)})


async def staff_messages(request: Request) -> Response:
    """GET corps/{corp_id}/staff-messages?userid=: what apps sent to members."""
    world, userid = world_of(request), request.query_params.get("userid", "")
    rows = world.storage.rows(
        "SELECT * FROM staff_messages WHERE corp_id=? AND (?='' OR userid=?) ORDER BY id",
        request.path_params["corp_id"],
        userid,
        userid,
    )
    return JSONResponse({"items": [row | {"body": json.loads(row["body"])} for row in rows]})


async def reset(request: Request) -> Response:
    """POST reset {seed?: true}: forget everything, and start with the default company again."""
    world, body = world_of(request), await body_of(request)
    await pusher_of(request).stop()
    world.storage.wipe()
    if body.get("seed", True):
        seed.seed(world)
    world.streams.tell(0)
    return JSONResponse({"ok": True})


routes = [
    Route("/reset", reset, methods=["POST"]),
    Route("/corps", list_corps, methods=["GET"]),
    Route("/corps", create_corp, methods=["POST"]),
    Route("/corps/{corp_id}/departments", create_department, methods=["POST"]),
    Route("/corps/{corp_id}/members", create_member, methods=["POST"]),
    Route("/corps/{corp_id}/members/{userid}", change_member, methods=["PATCH"]),
    Route("/corps/{corp_id}/apps/{agent_id:int}/callback", set_callback, methods=["PUT"]),
    Route("/corps/{corp_id}/apps/{agent_id:int}", change_app, methods=["PATCH"]),
    Route("/corps/{corp_id}/staff-messages", staff_messages, methods=["GET"]),
    Route("/tokens/expire", expire_tokens, methods=["POST"]),
]
