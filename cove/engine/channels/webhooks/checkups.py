"""What the doctor of channels asks of webhooks."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Count, Q, QuerySet

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
_FAILING_REMEDY = Words("请查看该 Webhook 的推送记录与接收端日志", "Look at the webhook's calls and the receiver's log")
_DEAD = Words("「{name}」一天内有 {count} 条推送放弃", "{count} calls of “{name}” were given up within a day")
_DEAD_REMEDY = Words(
    "修复接收端后，在该 Webhook 页面批量重发", "Repair the receiver, then send them again from the webhook's page"
)
_REMEDIES = {
    "address_not_public": Words(
        "确需推送到内网时，由安装管理员在配置中放行该网段",
        "If it has to be private, the installation's owner can allow that network",
    ),
    "name_unknown": Words(
        "请核对地址中的域名，并确认其 DNS 记录已生效", "Check the name in the address, and that its DNS record is there"
    ),
    "tls_failed": Words(
        "请在接收端安装受信任、未过期且含完整证书链的证书（自签名证书不被接受），并核对端口",
        "Give the receiver a certificate that is trusted, in time and with its whole chain (none signed by itself); check the port",
    ),
    "unreachable": Words(
        "请确认接收端正在运行、端口已开放，且防火墙放行本服务器",
        "See that the receiver runs, its port is open and its firewall lets this server in",
    ),
    "no_answer": Words(
        "请让接收端在 10 秒内应答：先收下，再处理",
        "Have the receiver answer within 10 seconds: take it first, work on it later",
    ),
}
_OF_STATUS: tuple[tuple[range, Words, Words], ...] = (
    (
        range(300, 400),
        Words(
            "对方要求跳转到别的地址（{status}），出于安全不会跟随",
            "it redirected ({status}), which is not followed for safety",
        ),
        Words("请把跳转后的最终地址填写到该 Webhook", "Enter the address it leads to in the webhook"),
    ),
    (
        range(401, 404),
        Words(
            "对方拒绝了请求（{status}），多为签名校验或来源限制",
            "it refused us ({status}), for the signature or where we come from",
        ),
        Words(
            "请核对接收端保存的签名密钥（重新生成后要同步更新），并放行本服务器的 IP",
            "Compare the signing secret that the receiver keeps (renewed here, it is renewed there), and let this server's IP in",
        ),
    ),
    (
        range(404, 406),
        Words("该地址没有接收推送的程序（{status}）", "nothing takes calls at this address ({status})"),
        Words("请核对地址的路径，接收端要接受 POST 请求", "Check the path of the address; it has to take POST"),
    ),
    (
        range(429, 430),
        Words("对方限制了请求频率（{status}）", "it takes no more calls for the moment ({status})"),
        Words("请放宽接收端的频率限制，或少选一些事件", "Have the receiver take more, or choose fewer kinds of fact"),
    ),
    (
        range(500, 600),
        Words("接收端程序出错（{status}）", "the receiver failed ({status})"),
        Words("请查看接收端的日志并修复", "Look at the receiver's log and repair it"),
    ),
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
    # A test that was heard since does not tell why the others were not.
    last = _last_tried(actor, rows, position__isnull=False)
    return [_failing(row, last.get(row.id)) for row in rows]


@checkup("webhooks.dead", "没有放弃的推送", "No call was given up")
def none_was_given_up(actor: Actor) -> list[Finding]:
    """Find webhooks with calls of the last day that were given up."""
    # A call is given up most of a day after it was made.
    lately = Q(tried_at__gt=clock.now() - LATELY) | Q(created_at__gt=clock.now() - LATELY)
    dead = Call.visible_to(actor).filter(lately, state="dead", position__isnull=False)
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


def _last_tried(actor: Actor, rows: list[Webhook], **which: bool) -> dict[int, Call]:
    tried: QuerySet[Call] = Call.visible_to(actor).filter(webhook__in=rows, tried_at__isnull=False, **which)
    newest = tried.order_by("webhook_id", "-tried_at", "-id").distinct("webhook_id")
    return {row.webhook_id: row for row in newest}


def _why(call: Call | None) -> tuple[Words, Words]:
    """Return why the last call failed, and what to do about it."""
    if call is None:
        return REASONS["http_error"], _FAILING_REMEDY
    if call.status is None:
        return REASONS.get(call.trouble) or REASONS["no_answer"], _REMEDIES.get(call.trouble, _FAILING_REMEDY)
    known = ((words, remedy) for statuses, words, remedy in _OF_STATUS if call.status in statuses)
    words, remedy = next(known, (_STATUS, _FAILING_REMEDY))
    return words.with_values(status=call.status), remedy


def _failing(row: Webhook, call: Call | None) -> Finding:
    why, remedy = _why(call)
    words = _FAILING.with_values(name=row.name, count=row.failures, zh=why.zh, en=why.en)
    return Finding(Level.BROKEN, words, remedy, key=str(row.id), since=row.failing_since)


def _ability(row: Webhook, call: Call | None) -> Ability:
    label = Words("{name}", "{name}").with_values(name=row.name)
    off = _OFF.get(row.off_because) if not row.active else None
    if off is not None:
        return Ability(str(row.id), label, usable=False, trouble=off.with_values(name=row.name), remedy=_OFF_REMEDY)
    if call is None or not row.active:
        return Ability(str(row.id), label, usable=None)
    if call.status is not None and 200 <= call.status < 300:  # noqa: PLR2004 -- RFC 9110, 15.3
        return Ability(str(row.id), label, usable=True)
    trouble, remedy = _why(call)
    return Ability(str(row.id), label, usable=False, trouble=trouble, remedy=remedy)
