"""OAuth for pages, the page ticket (C8), and the calls of mini-programs (C9)."""

import secrets
from typing import Any
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from sandbox.browser.viewers import VIEWER_HEADER, viewer_of
from sandbox.pictures import draw_code
from sandbox.storage import Row
from sandbox.wechat.accounts import account
from sandbox.wechat.codes import living_code
from sandbox.wechat.errors import TEXTS, WeixinError
from sandbox.wechat.people import person_code, user
from sandbox.wechat.requests import Call
from sandbox.wechat.users import unionid
from sandbox.wecom.sign_in import with_code
from sandbox.world import World

CODE_SECONDS = 300
GRANT_SECONDS = 7200
SCOPES = frozenset({"snsapi_base", "snsapi_userinfo"})
SCENE_CHARACTERS, MOST_DAYS, PATH_CHARACTERS = 32, 30, 1024
VISIBLE = frozenset("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ!#$&'()*+,/:;=?@-._~")
WIDTHS = range(280, 1281)


async def authorize(request: Request) -> Response:
    """GET connect/oauth2/authorize: inside WeChat back at once with a code; elsewhere a page that says so."""
    world: World = request.app.state.world
    query = dict(request.query_params)
    app = account(world, query.get("appid", ""))
    viewer = viewer_of(world, request.headers.get(VIEWER_HEADER, ""))
    target = query.get("redirect_uri", "")
    if app is None:
        return _refused(40013)
    if query.get("response_type") != "code" or query.get("scope") not in SCOPES:
        return PlainTextResponse("errcode 10005 scope is wrong")
    if not app["web_domain"] or urlsplit(target).netloc != app["web_domain"]:
        return PlainTextResponse("errcode 10003 redirect_uri domain differs from the one that was set")
    if viewer is None or viewer.person_id is None:
        return PlainTextResponse("Please open this page in WeChat.")
    code = person_code(world, app["app_id"], viewer.person_id, "page", query["scope"])
    return RedirectResponse(with_code(target, code=code, state=query.get("state", "")), 302)


def _refused(errcode: int) -> Response:
    return PlainTextResponse(f"errcode {errcode} {TEXTS.get(errcode, '')}")


async def show_code(request: Request) -> Response:
    """GET cgi-bin/showqrcode?ticket=: the picture of a scene code; 404 when it has ended."""
    code = living_code(request.app.state.world, ticket=request.query_params.get("ticket", ""))
    if code is None:
        return PlainTextResponse("no such code", 404)
    return Response(draw_code(request.app.state.world, code["url"]), media_type="image/png")


def grant(call: Call) -> dict[str, Any]:
    """GET sns/oauth2/access_token."""
    app = _by_secret(call)
    used = _use_code(call, app, call.query.get("code", ""), "page")
    row = user(call.world, app["app_id"], used["person_id"])
    token = secrets.token_urlsafe(60)
    call.storage.insert(
        "wx_grants",
        token=token,
        app_id=app["app_id"],
        person_id=used["person_id"],
        scope=used["detail"],
        expires_at=call.world.now() + GRANT_SECONDS,
    )
    union = unionid(call.world, app["app_id"], used["person_id"])
    answer = {"access_token": token, "expires_in": GRANT_SECONDS, "refresh_token": secrets.token_urlsafe(60)}
    known = union and (used["detail"] == "snsapi_userinfo" or row["subscribed"])
    return answer | {"openid": row["openid"], "scope": used["detail"]} | ({"unionid": union} if known else {})


def get_person(call: Call) -> dict[str, Any]:
    """GET sns/userinfo, for who agreed to snsapi_userinfo."""
    found = call.storage.row("SELECT * FROM wx_grants WHERE token=?", call.query.get("access_token", ""))
    if found is None or found["expires_at"] <= call.world.now():
        raise WeixinError(40001 if found is None else 42001)
    if found["scope"] != "snsapi_userinfo":
        raise WeixinError(48001)
    row = user(call.world, found["app_id"], found["person_id"])
    if row["openid"] != call.query.get("openid"):
        raise WeixinError(40003)
    name = call.storage.value("SELECT name FROM persons WHERE id=?", found["person_id"])
    picture = f"{call.world.settings.base_url}/avatars/persons/{found['person_id']}.svg"
    union = unionid(call.world, found["app_id"], found["person_id"])
    shown = {"openid": row["openid"], "nickname": name, "sex": 0, "headimgurl": picture, "privilege": []}
    return shown | ({"unionid": union} if union else {})


def get_ticket(call: Call) -> dict[str, Any]:
    """GET ticket/getticket?type=jsapi."""
    if call.query.get("type") not in ("jsapi", "wx_card"):
        raise WeixinError(40097, "type")
    name = f"weixin_ticket:{call.app_id}:{call.query['type']}"
    if not (kept := call.world.setting(name)):
        kept = secrets.token_urlsafe(60)
        call.world.set_setting(name, kept)
    return {"errcode": 0, "errmsg": "ok", "ticket": kept, "expires_in": 7200}


def open_session(call: Call) -> dict[str, Any]:
    """GET sns/jscode2session."""
    app = _by_secret(call)
    used = _use_code(call, app, call.query.get("js_code", ""), "login")
    row = user(call.world, app["app_id"], used["person_id"])
    union = unionid(call.world, app["app_id"], used["person_id"])
    return {"openid": row["openid"], "session_key": secrets.token_hex(16)} | ({"unionid": union} if union else {})


def read_phone(call: Call) -> dict[str, Any]:
    """POST wxa/business/getuserphonenumber."""
    used = _use_code(call, call.app, call.text("code"), "phone")
    number = used["detail"]
    mark = {"timestamp": call.world.now(), "appid": call.app_id}
    info = {"phoneNumber": number, "purePhoneNumber": number, "countryCode": "86", "watermark": mark}
    return {"errcode": 0, "errmsg": "ok", "phone_info": info}


def make_code(call: Call) -> bytes:
    """POST wxa/getwxacodeunlimit: a picture, or JSON that says why not."""
    scene, page = call.text("scene"), call.text("page")
    if not 1 <= len(scene) <= SCENE_CHARACTERS or not set(scene) <= VISIBLE:
        raise WeixinError(40097, "scene")
    if page.startswith("/") or "?" in page:
        raise WeixinError(41030)
    if call.number("width", WIDTHS.start) not in WIDTHS:
        raise WeixinError(40097, "width")
    return draw_code(call.world, f"{call.world.settings.base_url}/weixin/mini/{call.app_id}/{page}?scene={scene}")


def make_url_link(call: Call) -> dict[str, Any]:
    """POST wxa/generate_urllink."""
    return {"errcode": 0, "url_link": _link(call, "https://wxaurl.cn/", call.body)}


def make_scheme(call: Call) -> dict[str, Any]:
    """POST wxa/generatescheme."""
    return {"errcode": 0, "openlink": _link(call, "weixin://dl/business/?t=", call.body | call.document("jump_wxa"))}


def _link(call: Call, begin: str, asked: dict[str, Any]) -> str:
    path, query, days = asked.get("path", ""), asked.get("query", ""), call.number("expire_interval", MOST_DAYS)
    if not isinstance(path, str) or not isinstance(query, str) or len(query) > PATH_CHARACTERS:
        raise WeixinError(40097, "query")
    if call.number("expire_type") != 1 or not 1 <= days <= MOST_DAYS:
        raise WeixinError(40097, "expire_interval")
    link, now = begin + secrets.token_urlsafe(8), call.world.now()
    ends = now + days * 86400
    call.storage.insert(
        "wx_links", link=link, app_id=call.app_id, path=path, query=query, created_at=now, expires_at=ends
    )
    return link


def _by_secret(call: Call) -> Row:
    app = account(call.world, call.query.get("appid", ""))
    if app is None:
        raise WeixinError(40013)
    if app["secret"] != call.query.get("secret"):
        raise WeixinError(40125)
    call.app = app
    return app


def _use_code(call: Call, app: Row, code: str, purpose: str) -> Row:
    found = call.storage.row("SELECT * FROM wx_person_codes WHERE code=?", code)
    if found is None or found["app_id"] != app["app_id"] or found["purpose"] != purpose:
        raise WeixinError(40029)
    if found["used"]:
        # The phone button's document knows no number of its own for this (C9).
        raise WeixinError(40029 if purpose == "phone" else 40163)
    if call.world.now() - found["created_at"] >= CODE_SECONDS:
        raise WeixinError(40029 if purpose != "page" else 42003)
    call.storage.run("UPDATE wx_person_codes SET used=1 WHERE code=?", code)
    return found
