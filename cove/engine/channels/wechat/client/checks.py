"""Does an account work? Each question is asked of the platform now and answered in plain words, with the remedy."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

import httpx

from cove.engine.channels.doctor.facade import clock_skew
from cove.engine.channels.wechat.client import followers, menus, publishing, templates, tokens
from cove.engine.channels.wechat.client.line import Line
from cove.engine.channels.wechat.contracts.cards import Credentials
from cove.engine.channels.wechat.errors import WechatError, WechatNoAnswer, WechatUnreachable
from cove.engine.channels.wechat.models import WechatAccount
from cove.kernel import clock
from cove.kernel.words import Words

RECENTLY = timedelta(days=7)
TOLERATED_SKEW = timedelta(minutes=1)
NO_MENU = 46003
PASSING = frozenset({"busy", "rate_limited"})

_CALLBACK = Words("回调地址已通过微信验证", "WeChat verified the callback address")
_CALLBACK_REMEDY = Words(
    "请在公众平台「设置与开发 → 基本配置 → 服务器配置」中填写回调地址、Token 与 EncodingAESKey，选择安全模式并启用",
    "Enter callback address, token and EncodingAESKey in WeChat's console under Basic configuration, choose the safe mode, enable it",
)

_CLOCK = Words("服务器时间准确", "This server's clock is right")
_CLOCK_OFF = Words("服务器时间不准", "This server's clock is off")
_CLOCK_REMEDY = Words(
    "服务器时间与微信相差 {seconds} 秒，请开启时间同步，否则回调会被当作过期而拒收",
    "The clock is {seconds} s off WeChat's; turn time synchronisation on, or callbacks are refused as too old",
)
_NO_ANSWER = Words("无法连接微信", "WeChat does not answer")


@dataclass(frozen=True, slots=True)
class Check:
    """One answer; `remedy`, a finished text, is None when all is well. `trouble` is what the platform said, if it said something.

    `passing`: it is likely to be over by itself.
    """

    key: str
    label: Words
    remedy: Words | None = None
    trouble: Words | None = None
    passing: bool = False

    def what_to_do(self) -> str:
        """Return what is wrong and what to do about it for the current reader, empty when all is well."""
        said = [one.plain() for one in (self.trouble, self.remedy) if one is not None]
        return " · ".join(said)


@dataclass(frozen=True, slots=True)
class _Question:
    key: str
    label: Words
    ask: Callable[[Line], Awaitable[object]]
    official_only: bool = True


async def _token(line: Line) -> None:
    await tokens.verified(line)


async def _menu(line: Line) -> None:
    try:
        await menus.list_conditional_menus(line)
    except WechatError as error:
        # Whoever has no menu yet may make one.
        if error.errcode != NO_MENU:
            raise


_QUESTIONS: Sequence[_Question] = (
    _Question(
        "token",
        Words("AppID 与 AppSecret 正确，可获取访问凭证", "AppID and AppSecret are right: a token was given"),
        _token,
        official_only=False,
    ),
    _Question("followers", Words("可读取粉丝", "Followers can be read"), followers.list_followers),
    _Question("tags", Words("可读写粉丝标签", "Tags of followers can be read and written"), followers.list_tags),
    _Question("menus", Words("可管理自定义菜单", "Menus can be read and published"), _menu),
    _Question("drafts", Words("可读取与发布图文", "Articles can be read and published"), publishing.list_drafts),
    _Question("pages", Words("可使用网页 JS-SDK", "Pages can use the JS-SDK"), tokens.jsapi_ticket),
    _Question("templates", Words("可发送模板消息", "Template messages can be sent"), templates.list_templates),
    _Question(
        "subscriptions",
        Words("可发送订阅通知", "Subscription notices can be sent"),
        templates.list_subscriptions,
        official_only=False,
    ),
)


async def run_checks(credentials: Credentials, row: WechatAccount) -> list[Check]:
    """Ask everything that concerns this kind of account; what needs the token is not asked when there is none."""
    official = row.kind == WechatAccount.Kind.OFFICIAL
    questions = [one for one in _QUESTIONS if official or not one.official_only]
    async with httpx.AsyncClient() as http:
        line = Line(credentials, http)
        found = [await _asked(questions[0], line)]
        if found[0].remedy is None:
            found += [await _asked(question, line) for question in questions[1:]]
    return [*found, callback_check(row)] if official else found


def callback_check(row: WechatAccount) -> Check:
    """Tell whether the platform was heard of lately."""
    heard = max((at for at in (row.verified_at, row.last_callback_at) if at), default=None)
    ok = heard is not None and clock.now() - heard < RECENTLY
    return Check("callback", _CALLBACK, None if ok else _CALLBACK_REMEDY)


async def clock_check(credentials: Credentials) -> Check:
    """Compare our clock with the platform's: callbacks whose time is far off are refused."""
    skew = await clock_skew(credentials.base_url)
    if skew is None or abs(skew) <= TOLERATED_SKEW:
        return Check("clock", _CLOCK)
    return Check("clock", _CLOCK, _CLOCK_REMEDY.with_values(seconds=int(abs(skew).total_seconds())), _CLOCK_OFF)


async def _asked(question: _Question, line: Line) -> Check:
    try:
        await question.ask(line)
    except WechatError as error:
        said = error.trouble.words
        trouble = Words("{zh}（{errcode}）", "{en} ({errcode})").with_values(
            zh=said.zh, en=said.en, errcode=error.errcode
        )
        passing = error.trouble.reason in PASSING
        return Check(question.key, question.label, error.trouble.remedy, trouble, passing=passing)
    except (WechatUnreachable, WechatNoAnswer) as error:
        remedy = Words("{zh}", "{en}").with_values(**error.in_both())
        return Check(question.key, question.label, remedy, _NO_ANSWER, passing=isinstance(error, WechatNoAnswer))
    return Check(question.key, question.label)
