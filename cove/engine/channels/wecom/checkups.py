"""What the doctor asks of WeCom."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

import httpx

from cove.engine.channels.doctor.contracts import Ability, Finding, Level, able, checkup, patient
from cove.engine.channels.wecom import queries
from cove.engine.channels.wecom.client import checks
from cove.engine.channels.wecom.client.line import Line
from cove.engine.channels.wecom.client.probes import Asked, probed
from cove.engine.channels.wecom.contracts.cards import Credentials
from cove.engine.channels.wecom.errors import NotConfigured
from cove.engine.channels.wecom.models import WecomChannel
from cove.engine.channels.wecom.troubles import REFUSALS
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.words import Words

SILENT = timedelta(days=7)
OLD_SYNC = timedelta(days=7)
REMEMBERED = timedelta(days=1)


def _in_use(actor: Actor) -> bool:
    try:
        queries.credentials(actor)
    except NotConfigured:
        return False
    return True


patient("wecom", "企业微信", "WeCom", path="/settings/wecom", in_use=_in_use)


@checkup("wecom.token", "企业 ID 与 Secret 正确，可获取访问凭证", "Corp ID and secret are right: a token was given")
def find_token(actor: Actor) -> list[Finding]:
    """Ask for a token: a wrong secret, corp, address, or no way there."""
    found = asyncio.run(_ask(queries.credentials(actor), checks.QUESTIONS[:1]))
    return _findings(found)


@checkup("wecom.rights", "应用有所需的接口权限", "The application may call all it needs to")
def find_rights(actor: Actor) -> list[Finding]:
    """Ask each interface once. Without a token there is nothing to ask, and the check of the token says so."""
    first, *others = asyncio.run(_ask(queries.credentials(actor), checks.QUESTIONS))
    return _findings(others) if first.ok else []


@checkup("wecom.clock", "服务器时间准确", "This server's clock is right")
def find_clock(actor: Actor) -> list[Finding]:
    """Compare the clocks: a welcome code lives for twenty seconds."""
    return _findings([asyncio.run(checks.clock_check(queries.credentials(actor)))])


@checkup("wecom.callback", "能收到企业微信的回调", "Callbacks of WeCom arrive")
def find_callback(actor: Actor) -> list[Finding]:
    """Tell whether the address was ever verified, and whether anything came of late."""
    row = queries.channel(actor)
    if row is None:
        return []
    heard = _last_heard(row)
    if heard is None:
        return [
            Finding(
                Level.BROKEN,
                Words(
                    "回调地址未通过验证，加好友、退群等消息都收不到",
                    "The callback address was never verified: nothing is heard",
                ),
                checks.CALLBACK_REMEDY,
            )
        ]
    days = (clock.now() - heard).days
    # Who has no customers has nothing to tell.
    if clock.now() - heard < SILENT or not queries.state(actor, row).customers:
        return []
    return [
        Finding(
            Level.WARNING,
            Words("已 {days} 天没有收到回调", "Nothing was heard for {days} days").with_values(days=days),
            _SILENT_REMEDY,
            since=heard,
        )
    ]


@checkup("wecom.refusals", "收到的回调都能接收", "Every callback that came could be taken")
def find_refusals(actor: Actor) -> list[Finding]:
    """Tell that callbacks came which we could not take: broken while none is taken since, else a warning for a day."""
    row = queries.channel(actor)
    if row is None or row.refused_at is None:
        return []
    taken = row.last_callback_at
    healed = taken is not None and taken > row.refused_at
    if healed and clock.now() - row.refused_at > REMEMBERED:
        return []
    why = REFUSALS[row.refused_reason]
    words = Words("有回调未能接收：{zh}", "A callback could not be taken: {en}").with_values(zh=why.zh, en=why.en)
    return [Finding(Level.WARNING if healed else Level.BROKEN, words, _REFUSAL_REMEDY, since=row.refused_at)]


@checkup("wecom.sync", "成员与客户已同步", "Members and customers are in step")
def find_sync(actor: Actor) -> list[Finding]:
    """Tell whether everything was ever read from the platform, and how long ago."""
    row = queries.channel(actor)
    if row is None or (row.synced_at and clock.now() - row.synced_at < OLD_SYNC):
        return []
    words = (
        Words("已 {days} 天没有同步", "Nothing was synced for {days} days").with_values(
            days=(clock.now() - row.synced_at).days
        )
        if row.synced_at
        else Words("尚未同步成员与客户", "Members and customers have not been synced yet")
    )
    return [Finding(Level.WARNING, words, _SYNC_REMEDY, since=row.synced_at)]


@checkup("wecom.sign_in", "可使用企业微信登录", "Members can sign in by WeCom")
def find_sign_in(actor: Actor) -> list[Finding]:
    """Tell whether sign-in by WeCom, where it is switched on, can come back to us."""
    row = queries.channel(actor)
    return _findings([checks.sign_in(row)]) if row and row.sign_in else []


@able("wecom")
def find_abilities(actor: Actor) -> list[Ability]:
    """Ask what the application may do, and what the platform says is left of it."""
    return [
        Ability(
            key=one.key,
            label=one.label,
            usable=one.usable,
            trouble=one.trouble,
            remedy=one.remedy,
            left=one.left,
            most=one.most,
            quotas=_QUOTAS.get(one.key, ()),
        )
        for one in asyncio.run(_probed(queries.credentials(actor)))
    ]


_QUOTAS = {
    "customers": ("wecom.fetch_contact_a_minute",),
    "tags": ("wecom.mark_tag_a_minute",),
    "groups": ("wecom.fetch_group_a_minute",),
    "mass": ("wecom.reminders",),
    "moments": ("wecom.moments",),
}
_SILENT_REMEDY = Words(
    "请检查公开地址能否从互联网访问、Token 与 EncodingAESKey 是否与后台一致，并在后台重新保存一次回调配置",
    "Check that the public address can be reached from the internet and that token and EncodingAESKey are the same as in WeCom's console; "
    "save the callback settings there once more",
)
_REFUSAL_REMEDY = Words(
    "请在「设置 → 企业微信」与企业微信后台逐项核对，并在后台重新保存一次回调配置",
    "Compare the settings under Settings → WeCom with WeCom's console and save the callback settings there once more",
)
_SYNC_REMEDY = Words(
    "请在「设置 → 企业微信」点击「同步」，并查看任务结果", "Press “Sync” under Settings → WeCom and look at its result"
)


async def _ask(credentials: Credentials, questions: tuple[checks.Question, ...]) -> list[checks.Check]:
    async with httpx.AsyncClient() as http:
        return await checks.asked(questions, Line(credentials, http))


async def _probed(credentials: Credentials) -> list[Asked]:
    async with httpx.AsyncClient() as http:
        return await probed(Line(credentials, http))


def _findings(found: list[checks.Check]) -> list[Finding]:
    return [
        Finding(Level.WARNING if one.passing else Level.BROKEN, one.trouble or one.label, one.remedy, key=one.key)
        for one in found
        if one.remedy is not None
    ]


def _last_heard(row: WecomChannel) -> datetime | None:
    return max((at for at in (row.verified_at, row.last_callback_at) if at), default=None)
