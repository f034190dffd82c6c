"""Who opens a page inside WeChat, and what lets the page use WeChat's own functions (C8, B13)."""

from __future__ import annotations

import hashlib
import secrets
from urllib.parse import quote, urlencode

from cove.engine.channels.wechat.client import tokens
from cove.engine.channels.wechat.client.line import Line
from cove.engine.channels.wechat.client.reading import understood
from cove.engine.channels.wechat.contracts.answers import Granted, Person
from cove.engine.channels.wechat.contracts.cards import DEFAULT_BASE_URL, Credentials, PageSignature
from cove.engine.channels.wechat.errors import CodeRefused, WechatError
from cove.kernel import clock

OAUTH_HOST = "https://open.weixin.qq.com"
BAD_CODES = frozenset({40029, 40163, 42003})
SILENT, ASKING = "snsapi_base", "snsapi_userinfo"


def authorise_url(credentials: Credentials, *, redirect: str, state: str, asking: bool = False) -> str:
    """Return where WeChat's browser is sent to learn who it is (the order of parameters is the document's)."""
    query = urlencode(
        {
            "appid": credentials.app_id,
            "redirect_uri": redirect,
            "response_type": "code",
            "scope": ASKING if asking else SILENT,
            "state": state,
        },
        quote_via=quote,
    )
    base = credentials.base_url.rstrip("/")
    host = OAUTH_HOST if base == DEFAULT_BASE_URL else base
    return f"{host}/connect/oauth2/authorize?{query}#wechat_redirect"


async def who_granted(line: Line, code: str) -> Granted:
    """Return whom the platform gave `code` to; it works once, for five minutes. Raises CodeRefused, WechatError."""
    query = {
        "appid": line.credentials.app_id,
        "secret": line.credentials.secret,
        "code": code,
        "grant_type": "authorization_code",
    }
    try:
        return understood(Granted, await line.bare("GET", "sns/oauth2/access_token", query, None))
    except WechatError as error:
        if error.errcode in BAD_CODES:
            raise CodeRefused from error
        raise


async def read_person(line: Line, granted: Granted) -> Person:
    """Return name and picture of somebody who agreed to be asked for (sns/userinfo)."""
    query = {"access_token": granted.access_token, "openid": granted.openid, "lang": "zh_CN"}
    return understood(Person, await line.bare("GET", "sns/userinfo", query, None))


async def sign_page(line: Line, url: str) -> PageSignature:
    """Sign a page so that it may call `wx.config`; `url` is the page's, what follows # left out."""
    ticket = await tokens.jsapi_ticket(line)
    nonce, timestamp = secrets.token_hex(8), int(clock.now().timestamp())
    return PageSignature(line.credentials.app_id, timestamp, nonce, page_signature(ticket, nonce, timestamp, url))


def page_signature(ticket: str, nonce: str, timestamp: int, url: str) -> str:
    """Return the signature of a page: SHA-1 over ticket, nonce, time and address in this order, values as they are."""
    said = f"jsapi_ticket={ticket}&noncestr={nonce}&timestamp={timestamp}&url={url.partition('#')[0]}"
    return hashlib.sha1(said.encode(), usedforsecurity=False).hexdigest()
