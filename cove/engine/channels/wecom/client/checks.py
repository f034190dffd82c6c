"""Does the channel work? Each question is asked of the platform now and answered in plain words, with the remedy."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

import httpx

from cove.engine.channels.doctor.facade import clock_skew
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
CALLBACK_REMEDY = Words(
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
_NO_SIGN_IN = Words("无法使用企业微信登录", "Members cannot sign in by WeCom")
_CLOCK_OFF = Words("服务器时间不准", "This server's clock is off")
_NO_ANSWER = Words("无法连接企业微信", "WeCom does not answer")
_CLOCK = Words("服务器时间准确", "This server's clock is right")
_CLOCK_REMEDY = Words(
    "服务器时间与企业微信相差 {seconds} 秒，请开启时间同步，否则欢迎语会错过 20 秒时限",
    "The clock is {seconds} s off WeCom's; turn time synchronisation on, or welcomes will miss their 20 seconds",
)


@dataclass(frozen=True, slots=True)
class Check:
    """One answer. When all is not well, `remedy` says what to do (a finished text), and `trouble` what the platform said, if it did.

    `passing`: it is likely to be over by itself.
    """

    key: str
    label: Words
    remedy: Words | None = None
    trouble: Words | None = None
    passing: bool = False

    @property
    def ok(self) -> bool:
        """Tell whether all is well."""
        return self.remedy is None


@dataclass(frozen=True, slots=True)
class Question:
    key: str
    label: Words
    ask: Callable[[Line], Awaitable[object]]


async def _fresh_token(line: Line) -> None:
    await tokens.verified(line)


QUESTIONS: tuple[Question, ...] = (
    Question(
        "token",
        Words("企业 ID 与 Secret 正确，可获取访问凭证", "Corp ID and secret are right: a token was given"),
        _fresh_token,
    ),
    Question("directory", Words("可读取部门与成员", "Departments and members can be read"), directory.list_departments),
    Question("customers", Words("可读取客户", "Customers can be read"), customers.list_followers),
    Question("tags", Words("可读写企业客户标签", "Corp tags can be read and written"), tags.list_tags),
    Question(
        "contact_ways", Words("可使用「联系我」二维码", "Contact ways can be used"), contact_ways.list_contact_ways
    ),
)


async def run_checks(credentials: Credentials, row: WecomChannel | None) -> list[Check]:
    """Ask everything; a question that needs the token is not asked when there is none."""
    async with httpx.AsyncClient() as http:
        found = await asked(QUESTIONS, Line(credentials, http))
    found += [await clock_check(credentials), _callback(row)]
    return [*found, sign_in(row)] if row and row.sign_in else found


async def asked(questions: Sequence[Question], line: Line) -> list[Check]:
    """Ask these questions, the first of which is the token; without it the others are left out."""
    found = [await _asked(questions[0], line)]
    if found[0].ok:
        found += [await _asked(question, line) for question in questions[1:]]
    return found


async def _asked(question: Question, line: Line) -> Check:
    try:
        await question.ask(line)
    except WeComError as error:
        said = error.trouble.words
        trouble = Words("{zh}（{errcode}）", "{en} ({errcode})").with_values(
            zh=said.zh, en=said.en, errcode=error.errcode
        )
        return Check(question.key, question.label, error.trouble.remedy, trouble)
    except (Unreachable, NoAnswer) as error:
        remedy = Words("{zh}", "{en}").with_values(**error.in_both())
        return Check(question.key, question.label, remedy, _NO_ANSWER, passing=isinstance(error, NoAnswer))
    return Check(question.key, question.label)


async def clock_check(credentials: Credentials) -> Check:
    """Compare our clock with the platform's."""
    skew = await clock_skew(credentials.base_url)
    if skew is None or abs(skew) <= TOLERATED_SKEW:
        return Check("clock", _CLOCK)
    return Check("clock", _CLOCK, _CLOCK_REMEDY.with_values(seconds=int(abs(skew).total_seconds())), _CLOCK_OFF)


def sign_in(row: WecomChannel) -> Check:
    """Tell whether the platform can come back to us after a sign-in."""
    # The platform gives no way to read the trusted domain, so the line says what must stand there; what it can tell is told at sign-in.
    if not row.agent_id.isdecimal():
        return Check("sign_in", _SIGN_IN, _AGENT_REMEDY, _NO_SIGN_IN)
    local = own_domain().split(":")[0] in LOCAL_NAMES
    if local and row.base_url == DEFAULT_BASE_URL:
        return Check("sign_in", _SIGN_IN, _DOMAIN_REMEDY.with_values(domain=own_domain()), _NO_SIGN_IN)
    return Check("sign_in", _SIGN_IN)


def _callback(row: WecomChannel | None) -> Check:
    heard = max((at for at in (row.verified_at, row.last_callback_at) if at), default=None) if row else None
    ok = heard is not None and clock.now() - heard < RECENTLY
    return Check("callback", _CALLBACK, None if ok else CALLBACK_REMEDY)
