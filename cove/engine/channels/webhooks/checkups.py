"""What the doctor of channels asks of webhooks."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Count, QuerySet

from cove.engine.channels.doctor.contracts import Ability, Finding, Level, able, checkup, patient
from cove.engine.channels.webhooks.models import Call, Webhook
from cove.facts.delivery import REASONS
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.words import Words

ENOUGH = 3
"""Failures in a row that are no accident."""
LATELY = timedelta(days=1)
patient(
    "webhooks",
    "Webhook 推送",
    "Webhooks",
    path="/settings/webhooks",
    in_use=lambda actor: Webhook.visible_to(actor).exists(),
)
_OFF = {
    "failing": Words("「{name}」连续推送失败，已自动停用", "“{name}” failed for so long that it was switched off"),
    "gone": Words(
        "「{name}」的地址已不存在（对方返回 410），已自动停用",
        "The address of “{name}” is gone (it answered 410), so it was switched off",
    ),
}
_OFF_REMEDY = Words(
    "请修复接收端，在 Webhook 页面发送测试，再重新启用并重发失败的推送",
    "Repair the receiver, send a test from the webhook's page, switch it on again and send what failed once more",
)
_FAILING = Words("「{name}」最近 {count} 次推送均失败：{zh}", "The last {count} calls of “{name}” failed: {en}")
_STATUS = Words("对方返回 {status}", "it answered {status}")
_FAILING_REMEDY = Words(
    "请查看该 Webhook 的推送记录，核对地址、证书与签名校验",
    "Look at the webhook's calls; compare address, certificate and signature",
)
_DEAD = Words("「{name}」一天内有 {count} 条推送放弃", "{count} calls of “{name}” were given up within a day")
_DEAD_REMEDY = Words(
    "修复接收端后，在该 Webhook 页面批量重发", "Repair the receiver, then send them again from the webhook's page"
)
_LOCAL = Words(
    "确需推送到内网时，由安装管理员在配置中放行该网段",
    "If it has to be private, the installation's owner can allow that network",
)


@checkup("webhooks.on", "没有 Webhook 被自动停用", "No webhook was switched off by failures")
def none_is_off(actor: Actor) -> list[Finding]:
    """Find webhooks that were switched off because nobody heard them."""
    rows = Webhook.visible_to(actor).filter(active=False, off_because__in=list(_OFF))
    return [
        Finding(
            Level.BROKEN,
            _OFF[row.off_because].with_values(name=row.name),
            _OFF_REMEDY,
            key=str(row.id),
            since=row.failing_since,
        )
        for row in rows.order_by("id")
    ]


@checkup("webhooks.heard", "推送能送达", "Calls are heard")
def calls_are_heard(actor: Actor) -> list[Finding]:
    """Find webhooks whose last calls failed, with what the last one brought."""
    rows = list(Webhook.visible_to(actor).filter(active=True, failures__gte=ENOUGH).order_by("id"))
    last = _last_tried(actor, rows)
    return [_failing(row, last.get(row.id)) for row in rows]


@checkup("webhooks.dead", "没有放弃的推送", "No call was given up")
def none_was_given_up(actor: Actor) -> list[Finding]:
    """Find webhooks with calls of the last day that were given up."""
    dead = Call.visible_to(actor).filter(state="dead", position__isnull=False, created_at__gt=clock.now() - LATELY)
    counted = dead.values("webhook_id", "webhook__name").annotate(count=Count("id")).order_by("webhook_id")
    return [
        Finding(
            Level.WARNING,
            _DEAD.with_values(name=one["webhook__name"], count=one["count"]),
            _DEAD_REMEDY,
            key=str(one["webhook_id"]),
        )
        for one in counted
    ]


@able("webhooks")
def who_hears(actor: Actor) -> list[Ability]:
    """Tell of each webhook whether its last call was heard; one that was never called says nothing."""
    rows = list(Webhook.visible_to(actor).order_by("id"))
    last = _last_tried(actor, rows)
    return [_ability(row, last.get(row.id)) for row in rows]


def _last_tried(actor: Actor, rows: list[Webhook]) -> dict[int, Call]:
    tried: QuerySet[Call] = Call.visible_to(actor).filter(webhook__in=rows, tried_at__isnull=False)
    newest = tried.order_by("webhook_id", "-tried_at", "-id").distinct("webhook_id")
    return {row.webhook_id: row for row in newest}


def _why(call: Call | None) -> Words:
    if call is None:
        return REASONS["http_error"]
    return REASONS.get(call.trouble) or _STATUS.with_values(status=call.status or "")


def _failing(row: Webhook, call: Call | None) -> Finding:
    why = _why(call)
    words = _FAILING.with_values(name=row.name, count=row.failures, zh=why.zh, en=why.en)
    remedy = _LOCAL if call is not None and call.trouble == "address_not_public" else _FAILING_REMEDY
    return Finding(Level.BROKEN, words, remedy, key=str(row.id), since=row.failing_since)


def _ability(row: Webhook, call: Call | None) -> Ability:
    label = Words("{name}", "{name}").with_values(name=row.name)
    if call is None:
        return Ability(str(row.id), label, usable=None)
    good = row.active and call.status is not None and 200 <= call.status < 300  # noqa: PLR2004 -- RFC 9110, 15.3
    if good:
        return Ability(str(row.id), label, usable=True)
    off = _OFF.get(row.off_because) if not row.active else None
    if not row.active and off is None:
        return Ability(str(row.id), label, usable=None)
    trouble = off.with_values(name=row.name) if off else _why(call)
    return Ability(str(row.id), label, usable=False, trouble=trouble, remedy=_OFF_REMEDY if off else _FAILING_REMEDY)
