"""Official accounts and mini-programs over the scripting API: setting them up, and what people do with them."""

import json
import re
import secrets
from typing import Any

import httpx
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox.control.bodies import body_of, pusher_of, text, world_of
from sandbox.people.errors import RefusedError, missing
from sandbox.storage import Row
from sandbox.wechat import people
from sandbox.wechat.accounts import account, create_account, expire_tokens
from sandbox.wechat.sealing import plain_signature
from sandbox.world import World

TOKEN = re.compile(r"^[A-Za-z0-9]{3,32}$")
AES_KEY = re.compile(r"^[A-Za-z0-9+/]{43}$")
MODES = ("plain", "compatible", "safe")
HTTP_OK = 200


def _account(request: Request) -> Row:
    found = account(world_of(request), request.path_params["app_id"])
    if found is None:
        raise missing("account")
    return found


def _shown(world: World, row: Row) -> dict[str, Any]:
    users = world.storage.rows("SELECT person_id, openid, subscribed FROM wx_users WHERE app_id=?", row["app_id"])
    profile = world.storage.row("SELECT form, introduction FROM wx_profiles WHERE app_id=?", row["app_id"])
    shown = row | (profile or {"form": "service", "introduction": ""})
    return shown | {"base_url": f"{world.settings.base_url}/weixin", "users": users}


async def list_accounts(request: Request) -> Response:
    """GET weixin/apps."""
    world = world_of(request)
    rows = world.storage.rows("SELECT * FROM wx_apps ORDER BY rowid")
    return JSONResponse({"items": [_shown(world, row) for row in rows]})


async def add_account(request: Request) -> Response:
    """POST weixin/apps {kind: official or mini, name, app_id?, secret?, original_id?, form?: service or subscription, introduction?}."""
    world, body = world_of(request), await body_of(request)
    kind, app_id = text(body, "kind", "official"), text(body, "app_id", "wx" + secrets.token_hex(8))
    if kind not in ("official", "mini"):
        raise RefusedError("bad_field", "kind must be official or mini.", 400)
    if account(world, app_id):
        raise RefusedError("taken", "There is an account with this id.", 409)
    original_id = text(body, "original_id", "gh_" + secrets.token_hex(6))
    secret = text(body, "secret", secrets.token_hex(16))
    name = text(body, "name")
    form, introduction = _form(body, "service"), text(body, "introduction", "")
    made = create_account(world, kind=kind, name=name, app_id=app_id, original_id=original_id, secret=secret)
    world.storage.insert("wx_profiles", app_id=app_id, form=form, introduction=introduction)
    return JSONResponse(_shown(world, made), 201)


def _form(body: dict[str, Any], default: str) -> str:
    form = text(body, "form", default)
    if form not in ("service", "subscription"):
        raise RefusedError("bad_field", "form must be service or subscription.", 400)
    return form


async def change_account(request: Request) -> Response:
    """PATCH weixin/apps/{app_id} {secret?, web_domain?, open_platform?, form?, introduction?}."""
    world, body, row = world_of(request), await body_of(request), _account(request)
    secret, domain = text(body, "secret", row["secret"]), text(body, "web_domain", row["web_domain"])
    bound = int(bool(body.get("open_platform", row["open_platform"])))
    profile = world.storage.row("SELECT * FROM wx_profiles WHERE app_id=?", row["app_id"]) or {}
    form = _form(body, profile.get("form", "service"))
    introduction = text(body, "introduction", profile.get("introduction", ""))
    world.storage.run("REPLACE INTO wx_profiles VALUES (?, ?, ?)", row["app_id"], form, introduction)
    world.storage.run(
        "UPDATE wx_apps SET secret=?, web_domain=?, open_platform=? WHERE app_id=?",
        secret,
        domain,
        bound,
        row["app_id"],
    )
    return JSONResponse(_shown(world, _account(request)))


async def set_callback(request: Request) -> Response:
    """PUT weixin/apps/{app_id}/callback {url, token, aes_key?, mode?, verify?}: saved when the address answers the echo."""
    world, body, row = world_of(request), await body_of(request), _account(request)
    url, token, key = text(body, "url").strip(), text(body, "token", ""), text(body, "aes_key", "")
    mode = text(body, "mode", "safe")
    if mode not in MODES:
        raise RefusedError("bad_field", f"mode must be one of {', '.join(MODES)}.", 400)
    if url and not TOKEN.match(token):
        raise RefusedError("bad_token", "A token has 3 to 32 letters and digits.")
    if url and mode != "plain" and not AES_KEY.match(key):
        raise RefusedError("bad_aes_key", "An EncodingAESKey has 43 letters and digits.")
    if url and body.get("verify", True):
        await _verify(world, url, token)
    world.storage.run(
        "UPDATE wx_apps SET callback_url=?, callback_token=?, callback_aes_key=?, mode=? WHERE app_id=?",
        *(url, token, key, mode, row["app_id"]),
    )
    return JSONResponse(_shown(world, _account(request)))


async def _verify(world: World, url: str, token: str) -> None:
    echo, nonce, timestamp = str(secrets.randbelow(10**19)), secrets.token_hex(5), str(world.now())
    query = {"timestamp": timestamp, "nonce": nonce, "echostr": echo}
    query["signature"] = plain_signature(token, timestamp, nonce)
    try:
        response = await world.client.get(url, params=query, timeout=5)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise RefusedError("not_reached", f"The callback address cannot be reached: {error}") from error
    if response.status_code != HTTP_OK or response.text != echo:
        raise RefusedError("bad_echo", f"The callback address answered {response.text[:80]!r}.")


async def add_template(request: Request) -> Response:
    """POST weixin/apps/{app_id}/templates {form: template or subscription, title, content}."""
    world, body, row = world_of(request), await body_of(request), _account(request)
    template_id = secrets.token_urlsafe(32)
    world.storage.insert(
        "wx_templates",
        template_id=template_id,
        app_id=row["app_id"],
        form=text(body, "form", "template"),
        title=text(body, "title"),
        content=text(body, "content"),
    )
    return JSONResponse({"template_id": template_id}, 201)


async def end_tokens(request: Request) -> Response:
    """POST weixin/apps/{app_id}/expire-tokens: all tokens end now."""
    return JSONResponse({"expired": expire_tokens(world_of(request), _account(request)["app_id"])})


async def show_person(request: Request) -> Response:
    """GET weixin/apps/{app_id}/people/{person_id}: how the account knows him, and their chat."""
    world, app_id, person_id = world_of(request), request.path_params["app_id"], request.path_params["person_id"]
    row = people.user(world, app_id, person_id)
    said = world.storage.rows("SELECT * FROM wx_messages WHERE app_id=? AND person_id=? ORDER BY id", app_id, person_id)
    return JSONResponse(row | {"messages": [one | {"body": json.loads(one["body"])} for one in said]})


async def change_person(request: Request) -> Response:
    """PATCH weixin/apps/{app_id}/people/{person_id} {refuses}: he wants no messages of the account, or does again."""
    world, body = world_of(request), await body_of(request)
    row = people.user(world, request.path_params["app_id"], request.path_params["person_id"])
    world.storage.run("UPDATE wx_users SET refuses=? WHERE openid=?", int(bool(body.get("refuses"))), row["openid"])
    return await show_person(request)


async def act(request: Request) -> Response:
    """POST weixin/apps/{app_id}/people/{person_id}/{act}: follow, unfollow, scan, message, menu or choose; answers the openid."""
    world, body = world_of(request), await body_of(request)
    app_id, person_id, what = (request.path_params[name] for name in ("app_id", "person_id", "act"))
    notes = _acted(world, app_id, person_id, what, body)
    pusher_of(request).push(notes)
    world.streams.tell(person_id)
    return JSONResponse({"openid": people.user(world, app_id, person_id)["openid"], "callbacks": len(notes)})


def _acted(world: World, app_id: str, person_id: int, what: str, body: dict[str, Any]) -> list[Row]:
    if what == "follow":
        return people.follow(world, app_id, person_id, ticket=text(body, "ticket", ""))
    if what == "unfollow":
        return people.unfollow(world, app_id, person_id)
    if what == "scan":
        return people.scan(world, app_id, person_id, text(body, "ticket"))
    if what == "message":
        kind = text(body, "kind", "text")
        fields = body.get("fields") or {"Content": text(body, "text")}
        return people.write(world, app_id, person_id, kind=kind, fields=fields)
    if what == "menu":
        return people.use_menu(world, app_id, person_id, action=text(body, "action", "CLICK"), key=text(body, "key"))
    if what == "choose":
        chosen = {"template_id": text(body, "template_id"), "choice": text(body, "choice", "accept")}
        return people.choose(world, app_id, person_id, **chosen)
    raise missing("act")


async def give_code(request: Request) -> Response:
    """POST weixin/apps/{app_id}/people/{person_id}/codes {purpose: login, phone or page, phone?}."""
    world, body = world_of(request), await body_of(request)
    purpose = text(body, "purpose", "login")
    detail = text(body, "phone", "") if purpose == "phone" else text(body, "scope", "snsapi_base")
    code = people.person_code(world, request.path_params["app_id"], request.path_params["person_id"], purpose, detail)
    return JSONResponse({"code": code})


_PERSON = "/weixin/apps/{app_id}/people/{person_id:int}"

routes = [
    Route("/weixin/apps", list_accounts, methods=["GET"]),
    Route("/weixin/apps", add_account, methods=["POST"]),
    Route("/weixin/apps/{app_id}", change_account, methods=["PATCH"]),
    Route("/weixin/apps/{app_id}/callback", set_callback, methods=["PUT"]),
    Route("/weixin/apps/{app_id}/templates", add_template, methods=["POST"]),
    Route("/weixin/apps/{app_id}/expire-tokens", end_tokens, methods=["POST"]),
    Route(_PERSON, show_person, methods=["GET"]),
    Route(_PERSON, change_person, methods=["PATCH"]),
    Route(f"{_PERSON}/codes", give_code, methods=["POST"]),
    Route(f"{_PERSON}/{{act}}", act, methods=["POST"]),
]
