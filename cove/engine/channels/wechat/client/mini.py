"""What only a mini-program can do (C9)."""

from __future__ import annotations

from cove.engine.channels.wechat.client.line import Line
from cove.engine.channels.wechat.client.pages import BAD_CODES
from cove.engine.channels.wechat.client.reading import understood
from cove.engine.channels.wechat.contracts.answers import MiniSession, PhoneInfo
from cove.engine.channels.wechat.errors import CodeRefused, WechatError

INTERVAL = 1
LONGEST_DAYS = 30


async def open_session(line: Line, code: str) -> MiniSession:
    """Return whose `wx.login` code this is (jscode2session); it works once, for five minutes. Raises CodeRefused, WechatError."""
    query = {
        "appid": line.credentials.app_id,
        "secret": line.credentials.secret,
        "js_code": code,
        "grant_type": "authorization_code",
    }
    try:
        return understood(MiniSession, await line.bare("GET", "sns/jscode2session", query, None))
    except WechatError as error:
        if error.errcode in BAD_CODES:
            raise CodeRefused from error
        raise


async def read_phone(line: Line, code: str) -> PhoneInfo:
    """Return the number behind the code of the phone button, which is another than that of `wx.login`. Raises CodeRefused, WechatError."""
    try:
        document = await line.post("wxa/business/getuserphonenumber", {"code": code})
    except WechatError as error:
        if error.errcode in BAD_CODES:
            raise CodeRefused from error
        raise
    return understood(PhoneInfo, document.get("phone_info"))


async def make_mini_code(line: Line, *, scene: str, page: str, width: int = 430, check_path: bool = True) -> bytes:
    """Return the picture of a code that opens `page` with `scene` (at most 32 characters); as many as one likes (getwxacodeunlimit)."""
    body = {"scene": scene, "check_path": check_path, "env_version": "release", "width": width}
    return await line.post_for_bytes("wxa/getwxacodeunlimit", body | ({"page": page} if page else {}))


async def make_url_link(line: Line, *, path: str, query: str, days: int = LONGEST_DAYS) -> str:
    """Return an address that opens the mini-program from anywhere for `days` (at most 30) (generate_urllink)."""
    body = {"path": path, "query": query, "expire_type": INTERVAL, "expire_interval": days}
    return str((await line.post("wxa/generate_urllink", body)).get("url_link", ""))


async def make_scheme(line: Line, *, path: str, query: str, days: int = LONGEST_DAYS) -> str:
    """Return a ``weixin://`` address that opens the mini-program for `days` (generatescheme)."""
    body = {
        "jump_wxa": {"path": path, "query": query, "env_version": "release"},
        "is_expire": True,
        "expire_type": INTERVAL,
        "expire_interval": days,
    }
    return str((await line.post("wxa/generatescheme", body)).get("openlink", ""))
