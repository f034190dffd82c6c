"""Members' phones over the scripting API: on the table or away, what they show, what is said on them."""

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox.control.bodies import body_of, pusher_of, text, world_of
from sandbox.people import support
from sandbox.people.errors import RefusedError
from sandbox.staff import cards, customers, groups, inviting, phones, talk, tasks
from sandbox.storage import Row

OK = {"ok": True}


def owner_of(request: Request) -> Row:
    """Return the member of the path; RefusedError not_found."""
    return phones.member(world_of(request), request.path_params["corp_id"], request.path_params["userid"])


async def list_phones(request: Request) -> Response:
    """GET staff: every active member, and whether his phone lies on the table."""
    return JSONResponse({"items": phones.phones(world_of(request))})


async def show_phone(request: Request) -> Response:
    """PATCH corps/{corp_id}/members/{userid}/phone {shown}: put his phone on the table or away."""
    path, body = request.path_params, await body_of(request)
    phones.show_phone(world_of(request), path["corp_id"], path["userid"], shown=bool(body.get("shown", True)))
    return JSONResponse(OK)


async def show_thread(request: Request) -> Response:
    """GET corps/{corp_id}/members/{userid}/threads/{thread}: the newest messages, oldest first."""
    found = talk.messages_of(world_of(request), owner_of(request), request.path_params["thread"])
    return JSONResponse({"items": found})


async def read_thread(request: Request) -> Response:
    """POST corps/{corp_id}/members/{userid}/threads/{thread}/read: he has seen it."""
    talk.read(world_of(request), owner_of(request), request.path_params["thread"])
    return JSONResponse(OK)


async def say(request: Request) -> Response:
    """POST corps/{corp_id}/members/{userid}/threads/{thread} {text}: he writes."""
    body = await body_of(request)
    thread = request.path_params["thread"]
    talk.say(world_of(request), pusher_of(request), owner_of(request), thread, text(body, "text"))
    return JSONResponse(OK, 201)


async def send_picture(request: Request) -> Response:
    """POST corps/{corp_id}/members/{userid}/threads/{thread}/picture: the bytes of a picture, its type in the header."""
    if int(request.headers.get("content-length") or 0) > talk.MOST_PICTURE_BYTES:
        raise RefusedError("bad_picture", "A picture has at most 10 MB.", 413)
    kind = request.headers.get("content-type", "")
    content = await request.body()
    talk.send_picture(world_of(request), owner_of(request), request.path_params["thread"], kind, content)
    return JSONResponse(OK, 201)


async def recall(request: Request) -> Response:
    """DELETE corps/{corp_id}/members/{userid}/messages/{id}: he takes a message to a customer back, within two minutes."""
    talk.recall(world_of(request), owner_of(request), request.path_params["message_id"])
    return JSONResponse(OK)


async def show_customer(request: Request) -> Response:
    """GET corps/{corp_id}/members/{userid}/customers/{person_id}: remark, tags, where he came from."""
    found = customers.profile(world_of(request), owner_of(request), request.path_params["person_id"])
    return JSONResponse(found)


async def skip_task(request: Request) -> Response:
    """POST corps/{corp_id}/members/{userid}/tasks/{key}/skip: he waves a task away."""
    tasks.skip(world_of(request), owner_of(request), request.path_params["key"])
    return JSONResponse(OK)


async def press(request: Request) -> Response:
    """POST corps/{corp_id}/members/{userid}/cards/{id} {key, answers?: {question: [option]}}: he presses a button of a card."""
    body = await body_of(request)
    answers = body.get("answers") or {}
    if not isinstance(answers, dict) or not all(_texts(ids) for ids in answers.values()):
        raise RefusedError("bad_field", "answers must hold a list of texts for each question.", 400)
    message_id = request.path_params["message_id"]
    cards.press(world_of(request), pusher_of(request), owner_of(request), message_id, text(body, "key"), answers)
    return JSONResponse(OK)


def _texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _persons(body: dict[str, Any]) -> list[int]:
    found = body.get("persons")
    if not isinstance(found, list) or not all(type(one) is int for one in found):
        raise RefusedError("bad_field", "persons must be a list of numbers.", 400)
    return found


async def create_group(request: Request) -> Response:
    """POST corps/{corp_id}/members/{userid}/groups {name, persons}: he makes a group with customers."""
    body = await body_of(request)
    owner = owner_of(request)
    made = groups.create(world_of(request), pusher_of(request), owner, text(body, "name"), _persons(body))
    return JSONResponse({"chat_id": made}, 201)


async def group(request: Request) -> Response:
    """GET, PATCH and DELETE corps/{corp_id}/members/{userid}/groups/{chat_id}: who is in it; {name | notice | heir}; he ends it."""
    world, pusher, owner, chat_id = (
        world_of(request),
        pusher_of(request),
        owner_of(request),
        request.path_params["chat_id"],
    )
    if request.method == "PATCH":
        body = await body_of(request)
        given = {name: text(body, name, "") for name in ("name", "notice", "heir")}
        groups.change(world, pusher, owner, chat_id, **given)
    if request.method == "DELETE":
        groups.dismiss(world, pusher, owner, chat_id)
        return JSONResponse(OK)
    return JSONResponse(groups.info(world, owner, chat_id))


async def invite(request: Request) -> Response:
    """POST corps/{corp_id}/members/{userid}/groups/{chat_id}/people {persons}: he brings customers in."""
    chat_id, body = request.path_params["chat_id"], await body_of(request)
    groups.invite(world_of(request), pusher_of(request), owner_of(request), chat_id, _persons(body))
    return JSONResponse(OK, 201)


async def remove(request: Request) -> Response:
    """DELETE corps/{corp_id}/members/{userid}/groups/{chat_id}/people/{person_id}: the owner takes a customer out."""
    path = request.path_params
    groups.remove(world_of(request), pusher_of(request), owner_of(request), path["chat_id"], path["person_id"])
    return JSONResponse(OK)


async def end_service(request: Request) -> Response:
    """POST corps/{corp_id}/members/{userid}/threads/{thread}/end: he ends a conversation of customer service."""
    owner = owner_of(request)
    open_kfid, person_id = talk.service_key(request.path_params["thread"].removeprefix("k"))
    support.end(world_of(request), pusher_of(request), open_kfid, person_id, owner["userid"])
    return JSONResponse(OK)


async def search(request: Request) -> Response:
    """GET corps/{corp_id}/members/{userid}/search?q=: people by number or name, and how each stands with him."""
    found = inviting.search(world_of(request), owner_of(request), request.query_params.get("q", ""))
    return JSONResponse({"items": found})


async def invite_customer(request: Request) -> Response:
    """POST corps/{corp_id}/members/{userid}/customers/{person_id}: he asks somebody to be his customer."""
    inviting.invite(world_of(request), pusher_of(request), owner_of(request), request.path_params["person_id"])
    return JSONResponse(OK, 201)


async def say_yes(request: Request) -> Response:
    """POST persons/{person_id}/invitations/{corp_id}/{userid}: the visitor accepts what a member asked."""
    path = request.path_params
    inviting.say_yes(world_of(request), pusher_of(request), path["person_id"], path["corp_id"], path["userid"])
    return JSONResponse(OK)


_ONE = "/corps/{corp_id}/members/{userid}"
_THREAD = _ONE + "/threads/{thread}"
_GROUP = _ONE + "/groups/{chat_id}"
routes = [
    Route("/staff", list_phones, methods=["GET"]),
    Route(_ONE + "/phone", show_phone, methods=["PATCH"]),
    Route(_THREAD, show_thread, methods=["GET"]),
    Route(_THREAD, say, methods=["POST"]),
    Route(_THREAD + "/read", read_thread, methods=["POST"]),
    Route(_THREAD + "/picture", send_picture, methods=["POST"]),
    Route(_THREAD + "/end", end_service, methods=["POST"]),
    Route(_ONE + "/tasks/{key}/skip", skip_task, methods=["POST"]),
    Route(_ONE + "/cards/{message_id:int}", press, methods=["POST"]),
    Route(_ONE + "/groups", create_group, methods=["POST"]),
    Route(_GROUP, group, methods=["GET", "PATCH", "DELETE"]),
    Route(_GROUP + "/people", invite, methods=["POST"]),
    Route(_GROUP + "/people/{person_id:int}", remove, methods=["DELETE"]),
    Route(_ONE + "/messages/{message_id:int}", recall, methods=["DELETE"]),
    Route(_ONE + "/customers/{person_id:int}", show_customer, methods=["GET"]),
    Route(_ONE + "/customers/{person_id:int}", invite_customer, methods=["POST"]),
    Route(_ONE + "/search", search, methods=["GET"]),
    Route("/persons/{person_id:int}/invitations/{corp_id}/{userid}", say_yes, methods=["POST"]),
]
