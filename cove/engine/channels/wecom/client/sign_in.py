"""Members proving who they are: where the browser is sent, and what the code it brings back says."""

from __future__ import annotations

from urllib.parse import quote, urlencode, urlsplit

from django.conf import settings

from cove.engine.channels.wecom.client.line import Line
from cove.engine.channels.wecom.client.reading import understood
from cove.engine.channels.wecom.contracts.answers import SignedIn
from cove.engine.channels.wecom.contracts.cards import Credentials
from cove.engine.channels.wecom.errors import CodeRefused, WeComError
from cove.engine.channels.wecom.models import DEFAULT_BASE_URL

START = "/signin/wecom/start"
COMPANY_COOKIE = "cove_company"
RETURN = "/signin/wecom/return"
OAUTH_HOST = "https://open.weixin.qq.com"
SCAN_HOST = "https://login.work.weixin.qq.com"
# 40029: unknown, ended, or another corp's; 42022: used before (WeCom's documents on sign-in, 91023 and 98152).
BAD_CODES = frozenset({40029, 42022})


def own_domain() -> str:
    """Return the domain, with its port, that the platform must be told to trust."""
    return urlsplit(settings.PUBLIC_URL).netloc


def in_app_url(credentials: Credentials, state: str) -> str:
    """Return where WeCom's own browser is sent: it comes back silently (document 91022; the order of parameters is the document's)."""
    query = urlencode(
        {
            "appid": credentials.corp_id,
            "redirect_uri": settings.PUBLIC_URL + RETURN,
            "response_type": "code",
            "scope": "snsapi_base",
            "state": state,
            "agentid": credentials.agent_id,
        },
        quote_via=quote,
    )
    return f"{_host(credentials, OAUTH_HOST)}/connect/oauth2/authorize?{query}#wechat_redirect"


def scan_url(credentials: Credentials, state: str, *, chinese: bool) -> str:
    """Return where any other browser is sent: a page with a QR code to scan with WeCom (document 98152)."""
    query = urlencode(
        {
            "login_type": "CorpApp",
            "appid": credentials.corp_id,
            "agentid": credentials.agent_id,
            "redirect_uri": settings.PUBLIC_URL + RETURN,
            "state": state,
            "lang": "zh" if chinese else "en",
        },
        quote_via=quote,
    )
    return f"{_host(credentials, SCAN_HOST)}/wwlogin/sso/login?{query}"


async def who_signed_in(line: Line, code: str) -> SignedIn:
    """Return whom the platform gave `code` to (document 91023); it works once and for this corp only. Raises CodeRefused, WeComError."""
    try:
        document = await line.get("auth/getuserinfo", code=code)
    except WeComError as error:
        if error.errcode in BAD_CODES:
            raise CodeRefused from error
        raise
    return understood(SignedIn, document)


def _host(credentials: Credentials, public: str) -> str:
    # A private deployment has everything below one address.
    base = credentials.base_url.rstrip("/")
    return public if base == DEFAULT_BASE_URL else base
