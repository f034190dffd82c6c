"""The door of the platform: every call below ``/weixin`` is checked, answered or spoiled, and written down."""

import asyncio
import json
from collections.abc import Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from sandbox import faults
from sandbox.storage import Row
from sandbox.wechat import accounts, codes, menus, messages, pages, publishing, users
from sandbox.wechat.errors import WeixinError, errmsg
from sandbox.wechat.events import note
from sandbox.wechat.requests import Call, Upload
from sandbox.wecom.callbacks import Pusher
from sandbox.wecom.gate import MOST_BODY_BYTES, DroppedResponse, Exchange, keep_call
from sandbox.world import World

Handler = Callable[[Call], dict[str, Any] | bytes]

HTTP_NOT_FOUND = 404
# Quiet ones answer without an errcode; the rest says 0.
GET: dict[str, Handler] = {
    "cgi-bin/token": accounts.get_token,
    "cgi-bin/user/get": users.list_users,
    "cgi-bin/user/info": users.get_user,
    "cgi-bin/tags/get": users.list_tags,
    "cgi-bin/template/get_all_private_template": messages.list_templates,
    "wxaapi/newtmpl/gettemplate": messages.list_subscriptions,
    "cgi-bin/menu/get": menus.get_menu,
    "cgi-bin/menu/delete": menus.delete_menu,
    "cgi-bin/ticket/getticket": pages.get_ticket,
    "cgi-bin/media/get": publishing.get_media,
    "sns/oauth2/access_token": pages.grant,
    "sns/userinfo": pages.get_person,
    "sns/jscode2session": pages.open_session,
}
POST: dict[str, Handler] = {
    "cgi-bin/stable_token": accounts.get_stable_token,
    "cgi-bin/user/info/batchget": users.get_users,
    "cgi-bin/user/info/updateremark": users.update_remark,
    "cgi-bin/tags/create": users.create_tag,
    "cgi-bin/tags/update": users.update_tag,
    "cgi-bin/tags/delete": users.delete_tag,
    "cgi-bin/tags/members/batchtagging": users.put_tag,
    "cgi-bin/tags/members/batchuntagging": users.take_tag_off,
    "cgi-bin/qrcode/create": codes.create_code,
    "cgi-bin/message/custom/send": messages.send_custom,
    "cgi-bin/message/custom/typing": messages.show_typing,
    "cgi-bin/message/template/send": messages.send_template,
    "cgi-bin/message/subscribe/bizsend": messages.send_subscription,
    "cgi-bin/message/subscribe/send": messages.send_subscription,
    "cgi-bin/menu/create": menus.create_menu,
    "cgi-bin/menu/addconditional": menus.add_conditional,
    "cgi-bin/menu/delconditional": menus.delete_conditional,
    "cgi-bin/media/upload": publishing.upload_media,
    "cgi-bin/media/uploadimg": publishing.upload_picture,
    "cgi-bin/material/add_material": publishing.add_material,
    "cgi-bin/draft/add": publishing.add_draft,
    "cgi-bin/draft/batchget": publishing.list_drafts,
    "cgi-bin/draft/delete": publishing.delete_draft,
    "cgi-bin/freepublish/submit": publishing.publish,
    "cgi-bin/freepublish/get": publishing.get_publishing,
    "cgi-bin/message/mass/sendall": publishing.send_to_filter,
    "cgi-bin/message/mass/send": publishing.send_to_list,
    "cgi-bin/message/mass/preview": publishing.send_preview,
    "wxa/business/getuserphonenumber": pages.read_phone,
    "wxa/getwxacodeunlimit": pages.make_code,
    "wxa/generate_urllink": pages.make_url_link,
    "wxa/generatescheme": pages.make_scheme,
}
WITHOUT_TOKEN: frozenset[Handler] = frozenset(
    {accounts.get_token, accounts.get_stable_token, pages.grant, pages.get_person, pages.open_session}
)
ONLY_OFFICIAL = (
    "cgi-bin/user/",
    "cgi-bin/tags/",
    "cgi-bin/menu/",
    "cgi-bin/template/",
    "cgi-bin/draft/",
    "cgi-bin/qrcode/",
)
ONLY_MINI = ("wxa/",)


async def answer(request: Request) -> Response:
    """Answer any call below /weixin."""
    world: World = request.app.state.world
    exchange, path = Exchange(request), request.path_params["path"]
    upload = await _upload(request)
    exchange.body = "" if upload else (await request.body())[:MOST_BODY_BYTES].decode(errors="replace")
    if path not in GET and path not in POST:
        # An unknown endpoint is loud: no invented errcode.
        return keep_call(world, exchange, JSONResponse({"detail": "unknown endpoint"}, HTTP_NOT_FOUND))
    fault = faults.take(world, "call", request.url.path)
    if fault is None:
        return keep_call(world, exchange, _handle(world, exchange, path, upload))
    return await _misbehave(world, exchange, path, upload, fault)


async def _misbehave(
    world: World, exchange: Exchange, path: str, upload: Upload | None, fault: faults.Fault
) -> Response:
    exchange.fault = fault.kind
    if fault.kind == "errcode":
        return keep_call(world, exchange, _refusal(world, WeixinError(int(fault.parameters["errcode"]))))
    after = bool(fault.parameters.get("after"))
    if fault.kind == "delay" and not after:
        await asyncio.sleep(fault.number("seconds", 1))
    # With `after` the call takes effect first, and only its answer is spoiled.
    done = _handle(world, exchange, path, upload) if fault.kind == "delay" or after else None
    if fault.kind == "delay" and after:
        await asyncio.sleep(fault.number("seconds", 1))
    if fault.kind == "http":
        done = Response("Internal Server Error", int(fault.number("status", 500)), media_type="text/plain")
    if fault.kind == "drop":
        done = DroppedResponse()
    assert done is not None
    return keep_call(world, exchange, done)


def _handle(world: World, exchange: Exchange, path: str, upload: Upload | None) -> Response:
    request = exchange.request
    try:
        call = Call(world, dict(request.query_params), _json_body(exchange.body), upload=upload)
        handler = _handler(request.method, path)
        if handler not in WITHOUT_TOKEN:
            call.app = accounts.check_token(world, call.query.get("access_token", ""))
            _check_right(call.app, path)
        with world.storage.transaction():
            payload = handler(call)
    except WeixinError as error:
        return _refusal(world, error)
    exchange.app = {"corp_id": call.app.get("app_id", ""), "agent_id": 0}
    pusher: Pusher = request.app.state.pusher
    for openid, event, fields in call.events:
        pusher.push(note(world, call.app_id, openid, event, fields))
    if isinstance(payload, bytes):
        return Response(payload, media_type="image/jpeg")
    quiet = path in GET or "access_token" in payload
    return JSONResponse(payload if quiet else {"errcode": 0, "errmsg": "ok"} | payload)


def _handler(method: str, path: str) -> Handler:
    found = (GET if method == "GET" else POST).get(path)
    if found is None:
        raise WeixinError(47001, "wrong method")
    return found


def _check_right(app: Row, path: str) -> None:
    if path.startswith(ONLY_OFFICIAL) and app["kind"] != "official":
        raise WeixinError(48001)
    if path.startswith(ONLY_MINI) and app["kind"] != "mini":
        raise WeixinError(48001)


def _json_body(text: str) -> dict[str, Any]:
    if not text:
        return {}
    # As the real platform: an escape is not a character, so who escapes is misunderstood (fact sheet C).
    if "\\u" in text:
        raise WeixinError(47001, "escaped characters")
    try:
        body = json.loads(text)
    except ValueError as error:
        raise WeixinError(47001) from error
    if not isinstance(body, dict):
        raise WeixinError(47001)
    return body


async def _upload(request: Request) -> Upload | None:
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        return None
    async with request.form() as form:
        media = form.get("media")
        if media is None or isinstance(media, str):
            return Upload("", 0)
        content = await media.read()
        return Upload(media.filename or "", len(content), content, media.content_type or "")


def _refusal(world: World, error: WeixinError) -> Response:
    number = int(world.storage.value("SELECT coalesce(max(id), 0) + 1 FROM calls"))
    text = errmsg(error.errcode, error.hint, request=number)
    return JSONResponse({"errcode": error.errcode, "errmsg": text} | error.more)
