"""Members' phones over the scripting API: on the table or away, what they show, what is said on them."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox.control.bodies import body_of, pusher_of, text, world_of
from sandbox.people.errors import RefusedError
from sandbox.staff import customers, phones, talk
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


_ONE = "/corps/{corp_id}/members/{userid}"
_THREAD = _ONE + "/threads/{thread}"
routes = [
    Route("/staff", list_phones, methods=["GET"]),
    Route(_ONE + "/phone", show_phone, methods=["PATCH"]),
    Route(_THREAD, show_thread, methods=["GET"]),
    Route(_THREAD, say, methods=["POST"]),
    Route(_THREAD + "/read", read_thread, methods=["POST"]),
    Route(_THREAD + "/picture", send_picture, methods=["POST"]),
    Route(_ONE + "/messages/{message_id:int}", recall, methods=["DELETE"]),
    Route(_ONE + "/customers/{person_id:int}", show_customer, methods=["GET"]),
]
