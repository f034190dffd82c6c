"""Does the channel work? Each question is asked of the platform now and answered in plain words, with the remedy."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from email.utils import parsedate_to_datetime

import httpx

from cove.engine.channels.wecom.client import contact_ways, customers, directory, tags, tokens
from cove.engine.channels.wecom.client.line import Line
from cove.engine.channels.wecom.contracts.cards import Credentials
from cove.engine.channels.wecom.errors import NoAnswer, Unreachable, WeComError
from cove.engine.channels.wecom.models import WecomChannel
from cove.kernel import clock
from cove.kernel.words import Words

TOLERATED_SKEW = timedelta(seconds=5)
RECENTLY = timedelta(days=7)

_CALLBACK = Words("回调地址已通过企业微信验证", "WeCom verified the callback address")
_CALLBACK_REMEDY = Words(
    "请在企业微信后台「接收消息服务器配置」中填写回调地址、Token 与 EncodingAESKey 并保存",
    "Enter the callback address, token and EncodingAESKey in WeCom's console under “Receive messages” and save",
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
    return [*found, _callback(row)]


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


def _callback(row: WecomChannel | None) -> Check:
    heard = max((at for at in (row.verified_at, row.last_callback_at) if at), default=None) if row else None
    ok = heard is not None and clock.now() - heard < RECENTLY
    return Check("callback", ok=ok, label=_CALLBACK, remedy="" if ok else _CALLBACK_REMEDY.here())
