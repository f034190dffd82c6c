"""Scripting text messages: cloud accounts, what is approved, what arrived on phones, and what people answer."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox.control.bodies import body_of, number, text, world_of
from sandbox.people.errors import RefusedError, missing
from sandbox.sms import rules
from sandbox.sms.pushing import Carrier

MOST = 200


def carrier_of(request: Request) -> Carrier:
    """Return the one who carries messages."""
    carrier: Carrier = request.app.state.carrier
    return carrier


async def list_accounts(request: Request) -> Response:
    """GET sms/accounts: those of every provider, secrets included, with the address at which a provider is called."""
    world = world_of(request)
    rows = world.storage.rows("SELECT * FROM sms_accounts ORDER BY rowid")
    where = f"{world.settings.base_url}/sms"
    return JSONResponse({"items": [row | {"base_url": f"{where}/{row['provider']}"} for row in rows]})


async def put_account(request: Request) -> Response:
    """PUT sms/accounts/{key_id} {provider, secret, app_id, balance, receipts_url, replies_url}: make or change it."""
    world, body = world_of(request), await body_of(request)
    provider = text(body, "provider", "aliyun")
    if provider not in ("aliyun", "tencent"):
        raise RefusedError("bad_provider", "provider must be aliyun or tencent", 400)
    key_id = request.path_params["key_id"]
    world.storage.run(
        "INSERT INTO sms_accounts (key_id, provider, secret, app_id, balance, receipts_url, replies_url)"
        " VALUES (?,?,?,?,?,?,?) ON CONFLICT (key_id) DO UPDATE SET secret=excluded.secret, app_id=excluded.app_id,"
        " balance=excluded.balance, receipts_url=excluded.receipts_url, replies_url=excluded.replies_url",
        key_id,
        provider,
        text(body, "secret"),
        text(body, "app_id", ""),
        number(body, "balance", 10_000),
        text(body, "receipts_url", ""),
        text(body, "replies_url", ""),
    )
    return JSONResponse({"key_id": key_id})


async def add_signature(request: Request) -> Response:
    """POST sms/accounts/{key_id}/signatures {name, approval, reason}: approval 0 waits, 1 approved, 2 refused."""
    world, body = world_of(request), await body_of(request)
    name, approval, reason = text(body, "name"), number(body, "approval", 1), text(body, "reason", "")
    world.storage.run(
        "INSERT INTO sms_signatures (key_id, name, approval, reason) VALUES (?,?,?,?)"
        " ON CONFLICT (key_id, name) DO UPDATE SET approval=excluded.approval, reason=excluded.reason",
        request.path_params["key_id"],
        name,
        approval,
        reason,
    )
    found = world.storage.value(
        "SELECT id FROM sms_signatures WHERE key_id=? AND name=?", request.path_params["key_id"], name
    )
    return JSONResponse({"id": found})


async def add_template(request: Request) -> Response:
    """POST sms/accounts/{key_id}/templates {code, name, content, purpose, approval, reason}: make or change it."""
    world, body = world_of(request), await body_of(request)
    world.storage.run(
        "INSERT INTO sms_templates (code, key_id, name, content, purpose, approval, reason, created_at)"
        " VALUES (?,?,?,?,?,?,?,?) ON CONFLICT (code) DO UPDATE SET name=excluded.name, content=excluded.content,"
        " purpose=excluded.purpose, approval=excluded.approval, reason=excluded.reason",
        text(body, "code"),
        request.path_params["key_id"],
        text(body, "name", "模板"),
        text(body, "content"),
        number(body, "purpose", 1),
        number(body, "approval", 1),
        text(body, "reason", ""),
        world.now(),
    )
    return JSONResponse({"code": body["code"]})


async def remove_template(request: Request) -> Response:
    """DELETE sms/templates/{code}."""
    gone = world_of(request).storage.change("DELETE FROM sms_templates WHERE code=?", request.path_params["code"])
    return JSONResponse({"deleted": gone})


async def list_messages(request: Request) -> Response:
    """GET sms/messages?to=phone: what phones got, newest first."""
    wanted = request.query_params.get("to", "")
    rows = world_of(request).storage.rows(
        "SELECT * FROM sms_messages WHERE ?='' OR phone=? ORDER BY id DESC LIMIT ?", wanted, wanted, MOST
    )
    return JSONResponse({"items": rows})


async def answer_message(request: Request) -> Response:
    """POST sms/replies {phone, text, signature?}: answer the last message that the phone got, or the last of one sender."""
    body = await body_of(request)
    reply = rules.reply(world_of(request), text(body, "phone"), text(body, "text"), text(body, "signature", ""))
    if reply is None:
        raise missing("message")
    carrier_of(request).answered(reply)
    return JSONResponse(reply, 201)


async def drain(request: Request) -> Response:
    """POST sms/drain: wait until every receipt and answer was told."""
    await carrier_of(request).drain()
    return JSONResponse({})


routes = [
    Route("/sms/accounts", list_accounts, methods=["GET"]),
    Route("/sms/accounts/{key_id}", put_account, methods=["PUT"]),
    Route("/sms/accounts/{key_id}/signatures", add_signature, methods=["POST"]),
    Route("/sms/accounts/{key_id}/templates", add_template, methods=["POST"]),
    Route("/sms/templates/{code}", remove_template, methods=["DELETE"]),
    Route("/sms/messages", list_messages, methods=["GET"]),
    Route("/sms/replies", answer_message, methods=["POST"]),
    Route("/sms/drain", drain, methods=["POST"]),
]
