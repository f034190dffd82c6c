"""What the doctor asks of WeChat accounts."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from cove.engine.channels.doctor.contracts import Ability, Finding, Level, able, checkup, patient
from cove.engine.channels.wechat import queries
from cove.engine.channels.wechat.client.checks import Check, callback_check, clock_check, run_checks
from cove.engine.channels.wechat.models import WechatAccount
from cove.engine.channels.wechat.troubles import REFUSALS
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.words import Words

WECHAT = patient(
    "wechat",
    "公众号与小程序",
    "WeChat accounts",
    path="/settings/wechat",
    in_use=lambda actor: bool(queries.in_use(actor)),
)
OLD_SYNC = timedelta(days=7)
REMEMBERED = timedelta(days=1)
# Without these rights an account still works, only not with every kind of message.
_LESS = frozenset({"templates", "subscriptions", "tags", "menus", "drafts", "pages"})
_FAILS = Words("「{account}」未通过：{zh}", "“{account}” fails: {en}")
_OF_ACCOUNT = Words("{account}：{zh}", "{account}: {en}")
_REFUSED = Words("「{account}」有回调未能接收：{zh}", "A callback of “{account}” could not be taken: {en}")
_REFUSED_REMEDY = Words(
    "请在「设置 → 公众号与小程序」与微信公众平台「基本配置」逐项核对 Token、EncodingAESKey 与加密方式，并在公众平台重新提交一次",
    "Compare token, EncodingAESKey and mode under Settings → WeChat accounts with WeChat's console (Basic configuration), and submit them "
    "there once more",
)
_OLD = Words("「{account}」已 {days} 天没有同步", "“{account}” was not synced for {days} days")
_NEVER = Words("「{account}」尚未同步粉丝", "Followers of “{account}” have not been synced yet")
_SYNC_REMEDY = Words(
    "请在「设置 → 公众号与小程序」打开该账号并点击「开始同步」，再查看任务结果",
    "Open the account under Settings → WeChat accounts, press “Sync” and look at its result",
)
_QUOTAS = {
    "templates": ("wechat.templates",),
    "drafts": ("wechat.mass_calls", "wechat.previews"),
    "token": ("wechat.mini_codes", "wechat.mini_links"),
}


@checkup("wechat.calls", "凭证、IP 白名单与接口权限正常", "Credentials, IP whitelist and rights are in order")
def calls_work(actor: Actor) -> list[Finding]:
    """Ask the platform for each account whether our calls are taken."""
    found = []
    for row in queries.in_use(actor):
        asked = asyncio.run(run_checks(queries.credentials(actor, row.id), row))
        found += [_finding(row, one) for one in asked if one.remedy is not None and one.key != "callback"]
    return found


@able("wechat")
def what_accounts_can(actor: Actor) -> list[Ability]:
    """Tell of each account which of its interfaces take our calls."""
    found = []
    for row in queries.in_use(actor):
        for one in asyncio.run(run_checks(queries.credentials(actor, row.id), row)):
            label = _OF_ACCOUNT.with_values(account=row.name, zh=one.label.zh, en=one.label.en)
            found.append(
                Ability(
                    f"{row.id}:{one.key}",
                    label,
                    # Who did not answer says nothing about what may be done.
                    usable=None if one.passing else one.remedy is None,
                    trouble=one.trouble,
                    remedy=one.remedy,
                    quotas=_quotas(row, one.key),
                )
            )
    return found


@checkup("wechat.clock", "服务器时间准确", "This server's clock is right")
def clock_is_right(actor: Actor) -> list[Finding]:
    """Compare the clocks, with the platform of one account: there is one platform."""
    for row in queries.in_use(actor)[:1]:
        one = asyncio.run(clock_check(queries.credentials(actor, row.id)))
        if one.remedy is not None:
            return [Finding(Level.BROKEN, one.trouble or one.label, one.remedy)]
    return []


@checkup("wechat.callbacks", "回调地址已验证，能收到关注与消息", "Callbacks are verified and arrive")
def callbacks_arrive(actor: Actor) -> list[Finding]:
    """Look whether the platform was heard of lately."""
    checked = [(row, callback_check(row)) for row in _official(actor)]
    return [_finding(row, one) for row, one in checked if one.remedy is not None]


@checkup("wechat.refusals", "收到的回调都能接收", "Every callback that came could be taken")
def callbacks_are_taken(actor: Actor) -> list[Finding]:
    """Tell that callbacks came which we could not take: broken while none is taken since, else a warning for a day."""
    found = []
    for row in queries.in_use(actor):
        if row.refused_at is None:
            continue
        healed = row.last_callback_at is not None and row.last_callback_at > row.refused_at
        if healed and clock.now() - row.refused_at > REMEMBERED:
            continue
        why = REFUSALS[row.refused_reason]
        words = _REFUSED.with_values(account=row.name, zh=why.zh, en=why.en)
        level = Level.WARNING if healed else Level.BROKEN
        found.append(Finding(level, words, _REFUSED_REMEDY, key=str(row.id), since=row.refused_at))
    return found


@checkup("wechat.sync", "粉丝、标签与模板已同步", "Followers, tags and templates are in step")
def accounts_are_in_step(actor: Actor) -> list[Finding]:
    """Tell whether an account was ever read, and how long ago."""
    found = []
    for row in _official(actor):
        if row.synced_at is None:
            found.append(Finding(Level.WARNING, _NEVER.with_values(account=row.name), _SYNC_REMEDY, key=str(row.id)))
        elif (old := clock.now() - row.synced_at) > OLD_SYNC:
            words = _OLD.with_values(account=row.name, days=old.days)
            found.append(Finding(Level.WARNING, words, _SYNC_REMEDY, key=str(row.id), since=row.synced_at))
    return found


def _official(actor: Actor) -> list[WechatAccount]:
    return [row for row in queries.in_use(actor) if row.kind == WechatAccount.Kind.OFFICIAL]


def _quotas(row: WechatAccount, key: str) -> tuple[str, ...]:
    # What makes codes and addresses of a mini-program has no question of its own: asking would use the quota up.
    return () if key == "token" and row.kind == WechatAccount.Kind.OFFICIAL else _QUOTAS.get(key, ())


def _finding(row: WechatAccount, one: Check) -> Finding:
    assert one.remedy is not None
    level = Level.WARNING if one.passing or one.key in _LESS else Level.BROKEN
    said = one.trouble or one.label
    words = (_OF_ACCOUNT if one.trouble else _FAILS).with_values(account=row.name, zh=said.zh, en=said.en)
    return Finding(level, words, one.remedy, key=f"{row.id}:{one.key}")
