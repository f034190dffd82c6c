"""Does an account work? Each question is asked of the platform now and answered in plain words, with the remedy."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

import httpx

from cove.engine.channels.wechat.client import followers, templates, tokens
from cove.engine.channels.wechat.client.line import Line
from cove.engine.channels.wechat.contracts.cards import Credentials
from cove.engine.channels.wechat.errors import WechatError, WechatNoAnswer, WechatUnreachable
from cove.engine.channels.wechat.models import WechatAccount
from cove.kernel import clock
from cove.kernel.words import Words

RECENTLY = timedelta(days=7)

_CALLBACK = Words("回调地址已通过微信验证", "WeChat verified the callback address")
_CALLBACK_REMEDY = Words(
    "请在公众平台「设置与开发 → 基本配置 → 服务器配置」中填写回调地址、Token 与 EncodingAESKey，选择安全模式并启用",
    "Enter callback address, token and EncodingAESKey in WeChat's console under Basic configuration, choose the safe mode, enable it",
)


@dataclass(frozen=True, slots=True)
class Check:
    """One answer; `remedy`, a finished text, is None when all is well."""

    key: str
    label: Words
    remedy: Words | None = None


@dataclass(frozen=True, slots=True)
class _Question:
    key: str
    label: Words
    ask: Callable[[Line], Awaitable[object]]
    official_only: bool = True


async def _token(line: Line) -> None:
    await tokens.verified(line)


_QUESTIONS: Sequence[_Question] = (
    _Question(
        "token",
        Words("AppID 与 AppSecret 正确，可获取访问凭证", "AppID and AppSecret are right: a token was given"),
        _token,
        official_only=False,
    ),
    _Question("followers", Words("可读取粉丝", "Followers can be read"), followers.list_followers),
    _Question("tags", Words("可读写粉丝标签", "Tags of followers can be read and written"), followers.list_tags),
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


async def _asked(question: _Question, line: Line) -> Check:
    try:
        await question.ask(line)
    except (WechatError, WechatUnreachable, WechatNoAnswer) as error:
        said = error.in_both()
        return Check(question.key, question.label, Words(said["zh"], said["en"]))
    return Check(question.key, question.label)
