"""Does the channel work? Each question is asked of the platform now and answered in plain words, with the remedy."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from email.utils import parsedate_to_datetime

import httpx

from cove.engine.channels.wecom.client import contact_ways, customers, directory, tags, tokens
from cove.engine.channels.wecom.client.line import Line
from cove.engine.channels.wecom.client.sign_in import own_domain
from cove.engine.channels.wecom.contracts.cards import Credentials
from cove.engine.channels.wecom.errors import NoAnswer, Unreachable, WeComError
from cove.engine.channels.wecom.models import DEFAULT_BASE_URL, WecomChannel
from cove.kernel import clock
from cove.kernel.words import Words

TOLERATED_SKEW = timedelta(seconds=5)
LOCAL_NAMES = frozenset({"localhost", "127.0.0.1", "[::1]"})
RECENTLY = timedelta(days=7)

_CALLBACK = Words("回调地址已通过企业微信验证", "WeCom verified the callback address")
_CALLBACK_REMEDY = Words(
    "请在企业微信后台「接收消息服务器配置」中填写回调地址、Token 与 EncodingAESKey 并保存",
    "Enter the callback address, token and EncodingAESKey in WeCom's console under “Receive messages” and save",
)
_SIGN_IN = Words("可使用企业微信登录", "Members can sign in by WeCom")
_AGENT_REMEDY = Words("请填写应用 AgentId", "Fill in the app's AgentId")
_DOMAIN_REMEDY = Words(
    "企业微信无法跳转到 {domain}，请把系统的公开地址设为正式域名，并在应用的「企业微信授权登录」与「网页授权及JS-SDK」中填写该域名",
    "WeCom cannot come back to {domain}; set the installation's public address to a real domain and enter it in the app under "
    "“WeCom authorised sign-in” and “Web authorisation and JS-SDK”",
)
_CLOCK = Words("服务器时间准确", "This server's clock is right")
_CLOCK_REMEDY = Words(
    "服务器时间与企业微信相差 {seconds} 秒，请开启时间同步，否则欢迎语会错过 20 秒时限",
    "The clock is {seconds} s off WeCom's; turn time synchronisation on, or welcomes will miss their 20 seconds",
)


@dataclass(frozen=True, slots=True)
class Check:
    """One answer; `remedy` is empty when all is well."""

    key: str
    ok: bool
    label: Words
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class _Question:
    key: str
    label: Words
    ask: Callable[[Line], Awaitable[object]]


async def _fresh_token(line: Line) -> None:
    await tokens.verified(line)


_QUESTIONS: Sequence[_Question] = (
    _Question(
        "token",
        Words("企业 ID 与 Secret 正确，可获取访问凭证", "Corp ID and secret are right: a token was given"),
        _fresh_token,
    ),
    _Question(
        "directory", Words("可读取部门与成员", "Departments and members can be read"), directory.list_departments
    ),
    _Question("customers", Words("可读取客户", "Customers can be read"), customers.list_followers),
    _Question("tags", Words("可读写企业客户标签", "Corp tags can be read and written"), tags.list_tags),
    _Question(
        "contact_ways", Words("可使用「联系我」二维码", "Contact ways can be used"), contact_ways.list_contact_ways
    ),
)


async def run_checks(credentials: Credentials, row: WecomChannel | None) -> list[Check]:
    """Ask everything; a question that needs the token is not asked when there is none."""
    async with httpx.AsyncClient() as http:
        line = Line(credentials, http)
        found = [await _asked(_QUESTIONS[0], line)]
        if found[0].ok:
            found += [await _asked(question, line) for question in _QUESTIONS[1:]]
        found.append(await _clock(credentials, http))
    found.append(_callback(row))
    return [*found, _sign_in(row)] if row and row.sign_in else found


async def _asked(question: _Question, line: Line) -> Check:
    try:
        await question.ask(line)
    except (WeComError, Unreachable, NoAnswer) as error:
        return Check(question.key, ok=False, label=question.label, remedy=error.message())
    return Check(question.key, ok=True, label=question.label)


async def _clock(credentials: Credentials, http: httpx.AsyncClient) -> Check:
    try:
        response = await http.get(credentials.base_url, timeout=3.0)
        theirs = parsedate_to_datetime(response.headers["date"])
    except (httpx.HTTPError, httpx.InvalidURL, KeyError, ValueError, TypeError):
        # Nobody to compare with: the other checks say that the platform cannot be reached.
        return Check("clock", ok=True, label=_CLOCK)
    skew = abs(clock.now() - theirs)
    if skew <= TOLERATED_SKEW:
        return Check("clock", ok=True, label=_CLOCK)
    return Check("clock", ok=False, label=_CLOCK, remedy=_CLOCK_REMEDY.here({"seconds": int(skew.total_seconds())}))


def _sign_in(row: WecomChannel) -> Check:
    # The platform gives no way to read the trusted domain, so the line says what must stand there; what it can tell is told at sign-in.
    if not row.agent_id.isdecimal():
        return Check("sign_in", ok=False, label=_SIGN_IN, remedy=_AGENT_REMEDY.here())
    local = own_domain().split(":")[0] in LOCAL_NAMES
    public = row.base_url == DEFAULT_BASE_URL
    remedy = _DOMAIN_REMEDY.here({"domain": own_domain()}) if local and public else ""
    return Check("sign_in", ok=not remedy, label=_SIGN_IN, remedy=remedy)


def _callback(row: WecomChannel | None) -> Check:
    heard = max((at for at in (row.verified_at, row.last_callback_at) if at), default=None) if row else None
    ok = heard is not None and clock.now() - heard < RECENTLY
    return Check("callback", ok=ok, label=_CALLBACK, remedy="" if ok else _CALLBACK_REMEDY.here())
