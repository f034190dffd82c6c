"""What people do on their phones in groups, moments, customer service and mini-programs, over the scripting API."""

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox.control.bodies import body_of, pusher_of, text, world_of
from sandbox.people import feed, groups, inbox, minis, sending, services, support
from sandbox.people.chats import MOST_TEXT_BYTES
from sandbox.people.errors import RefusedError, missing
from sandbox.people.persons import person
from sandbox.wecom.groups import group_of

OK = {"ok": True}
MOST_FOUND = 20


def _person_id(request: Request) -> int:
    return int(person(world_of(request), request.path_params["person_id"])["id"])


async def read(request: Request) -> Response:
    """POST persons/{id}/read {chat}: he has seen a chat that is not with a member, by its key."""
    inbox.mark_read(world_of(request), _person_id(request), text(await body_of(request), "chat"))
    return JSONResponse(OK)


async def send_picture(request: Request) -> Response:
    """POST persons/{id}/pictures?chat=: the bytes of a picture, its kind in the header."""
    if int(request.headers.get("content-length") or 0) > sending.MOST_BYTES:
        raise RefusedError("bad_picture", "A picture has at most 5 MB.", 413)
    kind, chat = request.headers.get("content-type", ""), request.query_params.get("chat", "")
    content = await request.body()
    sending.send_picture(world_of(request), pusher_of(request), _person_id(request), chat, kind, content)
    return JSONResponse(OK, 201)


async def send_file(request: Request) -> Response:
    """POST persons/{id}/services/{open_kfid}/files?name=: the bytes of a file, its kind in the header."""
    if int(request.headers.get("content-length") or 0) > services.MOST_FILE_BYTES:
        raise RefusedError("bad_file", "A file has at most 20 MB.", 413)
    kind, name = request.headers.get("content-type", ""), request.query_params.get("name", "")
    to = (_person_id(request), request.path_params["open_kfid"])
    services.send_file(world_of(request), pusher_of(request), *to, kind, await request.body(), name)
    return JSONResponse(OK, 201)


async def search(request: Request) -> Response:
    """GET persons/{id}/search?q=: official accounts and mini-programs with these letters in the name, all of them without."""
    world, person_id = world_of(request), _person_id(request)
    wanted = request.query_params.get("q", "").strip()
    rows = world.storage.rows(
        "SELECT app_id FROM wx_apps WHERE instr(lower(name), lower(?)) ORDER BY rowid LIMIT ?", wanted, MOST_FOUND
    )
    return JSONResponse({"items": [inbox.account_card(world, row["app_id"], person_id) for row in rows]})


async def say_in_group(request: Request) -> Response:
    """POST persons/{id}/groups/{chat_id}/messages {text}."""
    said = text(await body_of(request), "text")
    if not said.strip() or len(said.encode()) > MOST_TEXT_BYTES:
        raise RefusedError("bad_text", f"A message has 1 to {MOST_TEXT_BYTES} bytes.")
    groups.say_as(world_of(request), _person_id(request), request.path_params["chat_id"], "text", {"content": said})
    return JSONResponse(OK, 201)


async def join_by_slug(request: Request) -> Response:
    """POST persons/{id}/groups {slug}: he joins by a code; answers the group's key on his phone."""
    world, slug = world_of(request), text(await body_of(request), "slug")
    way = world.storage.value("SELECT config_id FROM join_ways WHERE slug=?", slug)
    joined = groups.by_code(world, pusher_of(request), _person_id(request), way or "")
    return JSONResponse({"key": f"group/{joined['chat_id']}"}, 201)


async def greet_with(request: Request) -> Response:
    """PUT corps/{corp_id}/groups/{chat_id}/welcome {template_id}: what the owner lets greet newcomers; empty for nothing."""
    world, path = world_of(request), request.path_params
    group = group_of(world, path["corp_id"], path["chat_id"])
    if group is None:
        raise missing("group")
    groups.greet_with(world, group, text(await body_of(request), "template_id"))
    return JSONResponse(OK)


async def moments(request: Request) -> Response:
    """GET persons/{id}/moments: what he sees, newest first."""
    return JSONResponse({"items": feed.posts_of(world_of(request), _person_id(request))})


async def moments_seen(request: Request) -> Response:
    """POST persons/{id}/moments/seen: he has looked at all of them."""
    feed.mark_seen(world_of(request), _person_id(request))
    return JSONResponse(OK)


def _post(request: Request) -> tuple[str, str, int]:
    return request.path_params["moment_id"], request.path_params["userid"], _person_id(request)


async def like(request: Request) -> Response:
    """PUT or DELETE persons/{id}/moments/{moment_id}/{userid}/like."""
    feed.like(world_of(request), *_post(request), liked=request.method == "PUT")
    return JSONResponse(OK)


async def comment(request: Request) -> Response:
    """POST persons/{id}/moments/{moment_id}/{userid}/comments {text}."""
    feed.comment(world_of(request), *_post(request), text(await body_of(request), "text"))
    return JSONResponse(OK, 201)


async def open_mini(request: Request) -> Response:
    """POST persons/{id}/minis/{app_id} {path?, query?}: he opens a mini-program."""
    body, app_id = await body_of(request), request.path_params["app_id"]
    path, query = text(body, "path", ""), text(body, "query", "")
    return JSONResponse(minis.open_mini(world_of(request), _person_id(request), app_id, path, query))


async def mini_code(request: Request) -> Response:
    """POST persons/{id}/minis/{app_id}/{login|phone}: the code that the mini-program is given."""
    world, person_id, app_id = world_of(request), _person_id(request), request.path_params["app_id"]
    makers: dict[str, Any] = {"login": minis.login_code, "phone": minis.phone_code}
    make = makers.get(request.path_params["what"])
    if make is None:
        raise missing("code")
    return JSONResponse({"code": make(world, person_id, app_id)}, 201)


async def subscriptions(request: Request) -> Response:
    """GET persons/{id}/subscriptions/{app_id}: the notices an account can ask him for, and how many he allowed of each."""
    world, app_id = world_of(request), request.path_params["app_id"]
    rows = world.storage.rows(
        "SELECT t.template_id, t.title, t.content, coalesce(s.remaining, 0) AS remaining FROM wx_templates t"
        " LEFT JOIN wx_users u ON u.app_id=t.app_id AND u.person_id=?"
        " LEFT JOIN wx_subscriptions s ON s.openid=u.openid AND s.template_id=t.template_id"
        " WHERE t.app_id=? AND t.form='subscription' ORDER BY t.rowid",
        *(_person_id(request), app_id),
    )
    return JSONResponse({"items": rows})


async def write_to_service(request: Request) -> Response:
    """POST persons/{id}/services/{open_kfid} {text, menu_id?}, {kind, body} for a card, or {scene} alone to open the conversation."""
    world, body, person_id = world_of(request), await body_of(request), _person_id(request)
    open_kfid = request.path_params["open_kfid"]
    if "kind" in body:
        card = body.get("body") if isinstance(body.get("body"), dict) else {}
        services.send_card(world, pusher_of(request), person_id, open_kfid, text(body, "kind"), card or {})
        return JSONResponse(OK, 201)
    if "text" not in body:
        support.enter(world, pusher_of(request), open_kfid, person_id, text(body, "scene", ""))
        return JSONResponse(OK, 201)
    said = text(body, "text")
    if not said.strip() or len(said.encode()) > MOST_TEXT_BYTES:
        raise RefusedError("bad_text", f"A message has 1 to {MOST_TEXT_BYTES} bytes.")
    support.write(world, pusher_of(request), open_kfid, person_id, said, menu_id=text(body, "menu_id", ""))
    return JSONResponse(OK, 201)


_P = "/persons/{person_id:int}"
_MOMENT = f"{_P}/moments/{{moment_id}}/{{userid}}"

routes = [
    Route(f"{_P}/read", read, methods=["POST"]),
    Route(f"{_P}/pictures", send_picture, methods=["POST"]),
    Route(f"{_P}/search", search, methods=["GET"]),
    Route(f"{_P}/groups", join_by_slug, methods=["POST"]),
    Route(f"{_P}/groups/{{chat_id}}/messages", say_in_group, methods=["POST"]),
    Route("/corps/{corp_id}/groups/{chat_id}/welcome", greet_with, methods=["PUT"]),
    Route(f"{_P}/moments", moments, methods=["GET"]),
    Route(f"{_P}/moments/seen", moments_seen, methods=["POST"]),
    Route(f"{_MOMENT}/like", like, methods=["PUT", "DELETE"]),
    Route(f"{_MOMENT}/comments", comment, methods=["POST"]),
    Route(f"{_P}/minis/{{app_id}}", open_mini, methods=["POST"]),
    Route(f"{_P}/minis/{{app_id}}/{{what}}", mini_code, methods=["POST"]),
    Route(f"{_P}/subscriptions/{{app_id}}", subscriptions, methods=["GET"]),
    Route(f"{_P}/services/{{open_kfid}}", write_to_service, methods=["POST"]),
    Route(f"{_P}/services/{{open_kfid}}/files", send_file, methods=["POST"]),
]
