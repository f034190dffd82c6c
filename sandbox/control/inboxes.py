"""Mail and text messages of a phone over the scripting API."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox.control.bodies import body_of, text, world_of
from sandbox.phones import inboxes

OK = {"ok": True}


def _owner(request: Request) -> str:
    return request.query_params.get("owner", "")


async def show(request: Request) -> Response:
    """GET inbox?owner=: number, mailbox, mails and text messages of a phone: `p7` a visitor's, `corp/userid` a member's."""
    return JSONResponse(inboxes.show(world_of(request), _owner(request)))


async def change(request: Request) -> Response:
    """PUT inbox?owner= {mobile?, email?}: which number and mailbox are this phone's."""
    world, body, owner = world_of(request), await body_of(request), _owner(request)
    kept = inboxes.account_of(world, owner)
    mobile, email = (text(body, name, kept[name]).strip() for name in ("mobile", "email"))
    inboxes.change(world, owner, mobile=mobile, email=email)
    return JSONResponse(inboxes.show(world, owner))


async def read_texts(request: Request) -> Response:
    """POST inbox/texts/read?owner= {signature}: what this sender wrote was seen."""
    inboxes.read_texts(world_of(request), _owner(request), text(await body_of(request), "signature"))
    return JSONResponse(OK)


async def read_mail(request: Request) -> Response:
    """GET mails/{id}: the whole mail, which counts as read then."""
    return JSONResponse(inboxes.mail(world_of(request), request.path_params["mail_id"]))


async def leave(request: Request) -> Response:
    """POST mails/{id}/leave: unsubscribe with one click."""
    await inboxes.leave(world_of(request), request.path_params["mail_id"])
    return JSONResponse(OK)


routes = [
    Route("/inbox", show, methods=["GET"]),
    Route("/inbox", change, methods=["PUT"]),
    Route("/inbox/texts/read", read_texts, methods=["POST"]),
    Route("/mails/{mail_id:int}", read_mail, methods=["GET"]),
    Route("/mails/{mail_id:int}/leave", leave, methods=["POST"]),
]
