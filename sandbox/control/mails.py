"""Mailboxes and names by script."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox.control.bodies import body_of, number, text, world_of
from sandbox.mail.names import KINDS, is_written_well
from sandbox.mail.returning import send_back
from sandbox.people.errors import RefusedError
from sandbox.phones.inboxes import mark
from sandbox.storage import Row

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


async def read_source(request: Request) -> Response:
    """GET mails/{id}/source: the mail as it came over the wire."""
    row = _source(request)
    return Response(row["raw"], media_type="text/plain; charset=utf-8", headers={"content-security-policy": "sandbox"})


async def complain(request: Request) -> Response:
    """POST mails/{id}/complain: the person calls it spam, and his provider tells the sender (RFC 5965)."""
    row = _source(request)
    world = world_of(request)
    address = world.storage.value("SELECT address FROM mails WHERE id=?", row["mail_id"])
    mark(world, row["mail_id"], "spam")
    send_back(world, "complaint", to=row["envelope_from"], recipient=str(address), raw=row["raw"])
    return JSONResponse({"told": bool(world.setting("mail_returns", world.settings.returns))})


async def change_mail(request: Request) -> Response:
    """PUT mail: `rate` mails a minute of one domain (0: any), `grey_seconds`, `returns` host:port; what is left out stays."""
    body, world = await body_of(request), world_of(request)
    if "rate" in body:
        world.set_setting("mail_rate", str(number(body, "rate")))
    if "grey_seconds" in body:
        world.set_setting("mail_grey_seconds", str(number(body, "grey_seconds")))
    if "returns" in body:
        world.set_setting("mail_returns", text(body, "returns"))
    names = ("mail_rate", "mail_grey_seconds", "mail_returns")
    return JSONResponse({name.removeprefix("mail_"): world.setting(name) for name in names})


async def list_names(request: Request) -> Response:
    """GET dns: all records."""
    rows = world_of(request).storage.rows("SELECT name, kind, value FROM dns_records ORDER BY name, kind, id")
    return JSONResponse({"items": rows})


async def put_names(request: Request) -> Response:
    """PUT dns: `records` of {name, kind, value} take the place of those under the same names and kinds."""
    body, storage = await body_of(request), world_of(request).storage
    records = body.get("records")
    if not isinstance(records, list) or not all(isinstance(one, dict) for one in records):
        raise RefusedError("bad_field", "records must be a list of objects.", 400)
    given = [(text(one, "name").rstrip(".").lower(), text(one, "kind").upper(), text(one, "value")) for one in records]
    if any(kind not in KINDS for _, kind, _ in given):
        raise RefusedError("bad_field", f"kind must be one of {', '.join(KINDS)}.", 400)
    for name, kind, value in given:
        if not is_written_well(kind, value):
            raise RefusedError("bad_field", f"{value!r} is no {kind} record of {name}.", 400)
    with storage.transaction():
        for name, kind, _ in given:
            storage.run("DELETE FROM dns_records WHERE name=? AND kind=?", name, kind)
        for name, kind, value in given:
            storage.insert("dns_records", name=name, kind=kind, value=value)
    return JSONResponse({"kept": len(given)})


async def clear_names(request: Request) -> Response:
    """DELETE dns?name=: the records of one name, or all."""
    name = request.query_params.get("name", "").lower()
    deleted = world_of(request).storage.change("DELETE FROM dns_records WHERE ?='' OR name=?", name, name)
    return JSONResponse({"deleted": deleted})


def _source(request: Request) -> Row:
    row = world_of(request).storage.row("SELECT * FROM mail_sources WHERE mail_id=?", request.path_params["mail_id"])
    if row is None:
        raise RefusedError("not_found", "There is no such mail.", 404)
    return row


routes = [
    Route("/mails", list_mails, methods=["GET"]),
    Route("/mails", clear_mails, methods=["DELETE"]),
    Route("/mails/{mail_id:int}/source", read_source, methods=["GET"]),
    Route("/mails/{mail_id:int}/complain", complain, methods=["POST"]),
    Route("/mail", change_mail, methods=["PUT"]),
    Route("/dns", list_names, methods=["GET"]),
    Route("/dns", put_names, methods=["PUT"]),
    Route("/dns", clear_names, methods=["DELETE"]),
]
