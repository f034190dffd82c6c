"""Reading mailboxes by script."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox.control.bodies import world_of

MOST = 200


async def list_mails(request: Request) -> Response:
    """GET mails?to=&since=id: newest first."""
    query = request.query_params
    since = int(query["since"]) if query.get("since", "").isdecimal() else 0
    rows = world_of(request).storage.rows(
        "SELECT * FROM mails WHERE (?='' OR address=?) AND id>? ORDER BY id DESC LIMIT ?",
        query.get("to", "").lower(),
        query.get("to", "").lower(),
        since,
        MOST,
    )
    return JSONResponse({"items": rows})


async def clear_mails(request: Request) -> Response:
    """DELETE mails: empty all mailboxes."""
    return JSONResponse({"deleted": world_of(request).storage.change("DELETE FROM mails")})


routes = [
    Route("/mails", list_mails, methods=["GET"]),
    Route("/mails", clear_mails, methods=["DELETE"]),
]
