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
    world.rates.forget()
    if body.get("seed", True):
        seed.seed(world)
    world.streams.tell(0)
    return JSONResponse({"ok": True})


routes = [
    Route("/reset", reset, methods=["POST"]),
    Route("/corps", list_corps, methods=["GET"]),
    Route("/corps", create_corp, methods=["POST"]),
    Route("/corps/{corp_id}/apps/{agent_id:int}/callback", set_callback, methods=["PUT"]),
    Route("/corps/{corp_id}/apps/{agent_id:int}", change_app, methods=["PATCH"]),
    Route("/corps/{corp_id}/staff-messages", staff_messages, methods=["GET"]),
    Route("/tokens/expire", expire_tokens, methods=["POST"]),
]
