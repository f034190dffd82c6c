"""Facts are told to the webhooks that want them; whoever keeps a webhook hears that it was switched off."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cove.directory.org import facade as org
from cove.engine.channels.webhooks.commands.calls import order_calls
from cove.engine.channels.webhooks.permissions import MANAGE
from cove.engine.channels.webhooks.queries.webhooks import wanted, wanting
from cove.facts.webhooks import WebhookDisabled
from cove.kernel.actor import Actor
from cove.kernel.log.fact import Envelope
from cove.kernel.log.reactions import Sink, react, sinks
from cove.kernel.notices import Values, is_news, notice_kind
from cove.kernel.words import Words

_REASONS = {
    "failing": Words("连续一天推送失败", "every call failed for a day"),
    "gone": Words("对方表示该地址已永久失效（410）", "its address says that it is gone for good (410)"),
}


def _with_reasons(many: Sequence[Values]) -> list[dict[str, Any]]:
    return [{**values, "why": _REASONS[values["reason"]].here()} for values in many]


DISABLED = notice_kind(
    "webhooks.webhook_disabled",
    "Webhook 已停用",
    "A webhook was switched off",
    title=Words("Webhook「{name}」已自动停用", "The webhook “{name}” was switched off"),
    body=Words(
        "原因：{why}。修复后请重新启用，并补发未送达的记录",
        "Because {why}. Set it right, switch it on, and send again what was given up",
    ),
    url="/settings/webhooks/{webhook_id}",
    mail="now",
    needs=MANAGE,
    fill=_with_reasons,
)


def take(_token: str, envelopes: Sequence[Envelope]) -> None:
    """Order a call for each fact that a webhook wants and that was written after the webhook was made."""
    for tenant_id, hooks in wanting({one.tenant_id for one in envelopes}).items():
        calls = [
            (hook.webhook_id, one.position, one.kind)
            for one in envelopes
            if one.tenant_id == tenant_id
            for hook in hooks
            if one.kind in hook.kinds and one.recorded_at >= hook.since
        ]
        if calls:
            order_calls(Actor.system(tenant_id), wanted=calls)


sinks.add("webhooks.fan_out", Sink("webhooks.fan_out", take, wants=wanted))


@react(WebhookDisabled)
def tell_keepers(actor: Actor, fact: WebhookDisabled, envelope: Envelope) -> None:
    """Tell those who can set it right."""
    if is_news(envelope):
        org.notify(
            actor,
            kind=DISABLED.key,
            member_ids=org.holders_of(actor, MANAGE),
            values={"name": fact.webhook_name, "reason": fact.reason, "webhook_id": fact.webhook_id},
            once_key=str(envelope.position),
        )
