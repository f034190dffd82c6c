"""What the doctor asks of WeChat accounts."""

from __future__ import annotations

import asyncio

from cove.engine.channels.doctor.contracts import Ability, Finding, Level, able, checkup, patient
from cove.engine.channels.wechat import queries
from cove.engine.channels.wechat.client.checks import Check, callback_check, run_checks
from cove.engine.channels.wechat.models import WechatAccount
from cove.kernel.actor import Actor
from cove.kernel.words import Words

WECHAT = patient(
    "wechat",
    "公众号与小程序",
    "WeChat accounts",
    path="/settings/wechat",
    in_use=lambda actor: bool(queries.in_use(actor)),
)
# Without these rights an account still works, only not with every kind of message.
_FAILS = Words("「{account}」未通过：{zh}", "“{account}” fails: {en}")
_OF_ACCOUNT = Words("{account}：{zh}", "{account}: {en}")
_LESS = frozenset({"templates", "subscriptions", "tags"})


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
            found.append(Ability(f"{row.id}:{one.key}", label, usable=one.remedy is None, remedy=one.remedy))
    return found


@checkup("wechat.callbacks", "回调地址已验证，能收到关注与消息", "Callbacks are verified and arrive")
def callbacks_arrive(actor: Actor) -> list[Finding]:
    """Look whether the platform was heard of lately."""
    official = [row for row in queries.in_use(actor) if row.kind == WechatAccount.Kind.OFFICIAL]
    checked = [(row, callback_check(row)) for row in official]
    return [_finding(row, one) for row, one in checked if one.remedy is not None]


def _finding(row: WechatAccount, one: Check) -> Finding:
    assert one.remedy is not None
    level = Level.WARNING if one.key in _LESS else Level.BROKEN
    words = _FAILS.with_values(account=row.name, zh=one.label.zh, en=one.label.en)
    return Finding(level, words, one.remedy, key=f"{row.id}:{one.key}")
