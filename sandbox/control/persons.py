"""Human acts over the scripting API; the phones page uses the same."""

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox.browser.targets import open_page
from sandbox.control.bodies import body_of, number, pusher_of, text, world_of
from sandbox.people import album, chats, codes, friends, persons
from sandbox.people.errors import RefusedError, missing
from sandbox.people.opening import opened
from sandbox.storage import Row
from sandbox.wecom.customers import external_id
from sandbox.wecom.directory import member_of
from sandbox.world import World


def _person_id(request: Request) -> int:
    return int(persons.person(world_of(request), request.path_params["person_id"])["id"])


def shown_person(world: World, row: Row) -> dict[str, Any]:
    """Return a visitor with the ids under which corps know him."""
    rows = world.storage.rows("SELECT corp_id FROM externals WHERE person_id=?", row["id"])
    return {
        "id": row["id"],
        "name": row["name"],
        "gender": row["gender"],
        "unionid": row["unionid"],
        "shown": bool(row["shown"]),
        "avatar": f"/avatars/persons/{row['id']}.svg",
        "external_userids": {one["corp_id"]: external_id(world, one["corp_id"], row["id"]) for one in rows},
    }


async def list_persons(request: Request) -> Response:
    """GET persons."""
    world = world_of(request)
    return JSONResponse({"items": [shown_person(world, row) for row in persons.all_persons(world)]})


async def create_person(request: Request) -> Response:
    """POST persons {name?, gender?, shown?}: shown false keeps the phone off the table."""
    world, body = world_of(request), await body_of(request)
    shown = bool(body.get("shown", True))
    made = persons.create_person(world, text(body, "name", ""), number(body, "gender", 0), shown=shown)
    return JSONResponse(shown_person(world, made), 201)


async def change_person(request: Request) -> Response:
    """PATCH persons/{id} {shown}: put the phone on the table or away."""
    world, body = world_of(request), await body_of(request)
    row = persons.show_phone(world, _person_id(request), shown=bool(body.get("shown", True)))
    return JSONResponse(shown_person(world, row))


async def phone(request: Request) -> Response:
    """GET persons/{id}/phone: friends, requests and chats with all messages."""
    return JSONResponse(chats.phone_state(world_of(request), _person_id(request)))


async def scan(request: Request) -> Response:
    """POST persons/{id}/scan {url} or {picture_url}: what the phone shows then.

    `{"kind": "contact", "slug", "member", "already"}`, `{"kind": "web", "url", "src"}`, `{"kind": "official", "account", "ticket"}`,
    `{"kind": "group", "slug", "group"}`, `{"kind": "service", "chat", "scene"}`, `{"kind": "mini", "mini"}`,
    `{"kind": "text"}`, or `{"kind": "nothing"}` when a picture holds no code that can be read.
    """
    world, body, person_id = world_of(request), await body_of(request), _person_id(request)
    found: str | None
    if "picture_url" in body:
        found = await codes.recognise(world, person_id, text(body, "picture_url"))
    else:
        found = text(body, "url")
    if not found:
        return JSONResponse({"kind": "nothing"})
    meant = codes.meaning(world, found)
    if meant.kind == "text":
        return JSONResponse({"kind": "text", "text": found})
    if meant.kind == "web":
        codes.note_scan(world, person_id, found)
        return JSONResponse({"kind": "web", "url": meant.url, "src": open_page(world, f"p{person_id}", meant.url)})
    return JSONResponse({"kind": meant.kind} | opened(world, person_id, meant))


async def add_friend(request: Request) -> Response:
    """POST persons/{id}/friends {slug|url|config_id, userid?, half?} or {corp_id, userid}: the friendship."""
    world, body, person_id = world_of(request), await body_of(request), _person_id(request)
    invited = _invited(world, person_id, body)
    relation = friends.add_friend(world, pusher_of(request), person_id, invited, half=bool(body.get("half")))
    return JSONResponse(_shown_relation(world, relation), 201)


def _invited(world: World, person_id: int, body: dict[str, Any]) -> friends.Invitation:
    userid = text(body, "userid", "")
    if "corp_id" in body:
        corp = friends.corp(world, text(body, "corp_id"))
        return friends.Invitation(_member(world, corp["corp_id"], userid), corp)
    invited = friends.invitation(world, person_id, _slug(world, body))
    if not userid:
        return invited
    # The sheet has already shown whom the lot fell on.
    assert invited.way is not None
    member = _member(world, invited.corp["corp_id"], userid)
    return friends.Invitation(member, invited.corp, invited.way)


def _slug(world: World, body: dict[str, Any]) -> str:
    if "slug" in body:
        return text(body, "slug")
    if "config_id" in body:
        slug = world.storage.value("SELECT slug FROM contact_ways WHERE config_id=?", text(body, "config_id"))
        if slug is None:
            raise missing("contact way")
        return str(slug)
    url = text(body, "url")
    picture = codes.PICTURE.match(codes.split(url).path)
    if picture:
        return picture[1]
    meant = codes.meaning(world, url)
    if meant.way is None:
        raise RefusedError("not_a_friend_link", "This link leads to no friend.")
    return str(meant.way["slug"])


def _member(world: World, corp_id: str, userid: str) -> Row:
    member = member_of(world, corp_id, userid)
    if member is None:
        raise missing("member")
    return member


def _shown_relation(world: World, relation: Row) -> dict[str, Any]:
    card = chats.contact_card(world, relation["corp_id"], relation["userid"])
    ids = {"external_userid": external_id(world, relation["corp_id"], relation["person_id"])}
    return card | ids | {"stage": relation["stage"], "state": relation["state"]}


def _relation(request: Request) -> Row:
    path = request.path_params
    found = friends.relation(world_of(request), _person_id(request), path["corp_id"], path["userid"])
    if found is None:
        raise missing("friendship")
    return found


async def delete_friend(request: Request) -> Response:
    """DELETE persons/{id}/friends/{corp_id}/{userid}?by=member: the visitor, or the member, ends it."""
    relation = _relation(request)
    by_member = request.query_params.get("by") == "member"
    friends.delete_friend(
        world_of(request),
        pusher_of(request),
        relation["person_id"],
        relation["corp_id"],
        relation["userid"],
        by_member=by_member,
    )
    return JSONResponse({"ok": True})


async def accept(request: Request) -> Response:
    """POST persons/{id}/friends/{corp_id}/{userid}/accept: the member accepts a request."""
    known = _relation(request)
    world, key = world_of(request), (known["person_id"], known["corp_id"], known["userid"])
    return JSONResponse(_shown_relation(world, friends.accept(world, pusher_of(request), *key)))


async def edit_friend(request: Request) -> Response:
    """PATCH persons/{id}/friends/{corp_id}/{userid} {remark?, tag_ids?}: what the member edits."""
    world, body, known = world_of(request), await body_of(request), _relation(request)
    remark = text(body, "remark") if "remark" in body else None
    tag_ids = body.get("tag_ids")
    if tag_ids is not None and not (isinstance(tag_ids, list) and all(isinstance(one, str) for one in tag_ids)):
        raise RefusedError("bad_field", "tag_ids must be a list of texts.", 400)
    changed = friends.edit_friend(world, pusher_of(request), known, remark=remark, tag_ids=tag_ids)
    return JSONResponse(_shown_relation(world, changed) | {"remark": changed["remark"]})


async def send_message(request: Request) -> Response:
    """POST persons/{id}/friends/{corp_id}/{userid}/messages {text, sender?: person|member}."""
    world, body, known = world_of(request), await body_of(request), _relation(request)
    sender = text(body, "sender", "person")
    if sender not in ("person", "member"):
        raise RefusedError("bad_field", "sender must be person or member.", 400)
    return JSONResponse({"id": chats.send_text(world, known, sender, text(body, "text"))}, 201)


async def read_chat(request: Request) -> Response:
    """POST persons/{id}/chats/{corp_id}/{userid}/read: the visitor has seen the chat."""
    path = request.path_params
    chats.read_chat(world_of(request), _person_id(request), path["corp_id"], path["userid"])
    return JSONResponse({"ok": True})


async def recent_codes(request: Request) -> Response:
    """GET codes: the newest QR pictures of contact ways, groups and accounts."""
    return JSONResponse({"items": album.recent_codes(world_of(request))})


FRIEND = "/persons/{person_id:int}/friends/{corp_id}/{userid}"

routes = [
    Route("/persons", list_persons, methods=["GET"]),
    Route("/persons", create_person, methods=["POST"]),
    Route("/persons/{person_id:int}", change_person, methods=["PATCH"]),
    Route("/persons/{person_id:int}/phone", phone, methods=["GET"]),
    Route("/persons/{person_id:int}/scan", scan, methods=["POST"]),
    Route("/persons/{person_id:int}/friends", add_friend, methods=["POST"]),
    Route(FRIEND, delete_friend, methods=["DELETE"]),
    Route(FRIEND, edit_friend, methods=["PATCH"]),
    Route(FRIEND + "/accept", accept, methods=["POST"]),
    Route(FRIEND + "/messages", send_message, methods=["POST"]),
    Route("/persons/{person_id:int}/chats/{corp_id}/{userid}/read", read_chat, methods=["POST"]),
    Route("/codes", recent_codes, methods=["GET"]),
]
