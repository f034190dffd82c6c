"""Calls: ordered for facts, tried, ended, ordered again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Literal

from django.db.models import F

from cove.engine.channels.delivery import facade as delivery
from cove.engine.channels.delivery.contracts import Wanted
from cove.engine.channels.webhooks.contracts import (
    CALL_KIND,
    DISABLE_AFTER_FAILURES,
    DISABLE_AFTER_HOURS,
    TEST_KIND,
    Reply,
)
from cove.engine.channels.webhooks.errors import StillUnderWay
from cove.engine.channels.webhooks.models import Call, Webhook
from cove.engine.channels.webhooks.permissions import KEEP, MANAGE
from cove.engine.channels.webhooks.queries import webhooks as queries
from cove.facts.webhooks import WebhookDisabled
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.command import command, publish
from cove.kernel.personal_data import Retained, keeps
from cove.kernel.words import Words

MOST_AGAIN = 10_000


@command(KEEP, audited=False)
def order_calls(actor: Actor, *, wanted: Sequence[tuple[int, int, str]]) -> None:
    """Order calls for (webhook, position of the fact, its kind), each once."""
    now = clock.now()
    rows = [
        Call(webhook_id=hook, position=position, kind=kind, orders=1, created_at=now) for hook, position, kind in wanted
    ]
    _order(actor, Call.objects.bulk_create(rows))


@command(MANAGE)
def send_test(actor: Actor, *, webhook_id: int) -> Call:
    """Order a call that tells of nothing, also where the webhook is off. Raises NotFound."""
    hook = queries.webhook(actor, webhook_id)
    row = Call.objects.create(webhook=hook, kind=TEST_KIND, orders=1, created_at=clock.now())
    _order(actor, [row])
    return row


@command(MANAGE)
def send_again(actor: Actor, *, call_id: int) -> Call:
    """Order a call once more, whether it was heard or not: receivers know it by its id. Raises NotFound, StillUnderWay."""
    queries.call(actor, call_id)
    row = Call.objects.select_for_update().get(id=call_id)
    if row.state == "pending":
        raise StillUnderWay
    row.state, row.orders = "pending", row.orders + 1
    row.save(update_fields=["state", "orders"])
    _order(actor, [row])
    return row


@command(MANAGE)
def send_dead_again(actor: Actor, *, webhook_id: int, since: datetime | None = None) -> int:
    """Order once more what was given up (since a moment), up to ten thousand calls, the oldest first; return how many. Raises NotFound."""
    hook = queries.webhook(actor, webhook_id)
    dead = Call.objects.filter(webhook=hook, state="dead", position__isnull=False)
    if since is not None:
        dead = dead.filter(created_at__gte=since)
    rows = list(dead.select_for_update().order_by("id")[:MOST_AGAIN])
    Call.objects.filter(id__in=[row.id for row in rows]).update(state="pending", orders=F("orders") + 1)
    for row in rows:
        row.orders += 1
    _order(actor, rows)
    return len(rows)


@command(KEEP, audited=False)
def note_reply(actor: Actor, *, call_id: int, reply: Reply, gone: bool) -> None:
    """Note what one try brought, and switch a webhook off that is gone or that nobody hears."""
    now = clock.now()
    row = Call.objects.filter(tenant_id=actor.tenant_id, id=call_id).first()
    if row is None:
        return
    row.attempts += 1
    row.status, row.said, row.trouble = reply.status, reply.said, reply.trouble
    row.milliseconds, row.tried_at = reply.milliseconds, now
    row.save(update_fields=["attempts", "status", "said", "trouble", "milliseconds", "tried_at"])
    if row.position is None:
        return
    hook = Webhook.objects.select_for_update().get(id=row.webhook_id)
    if reply.good:
        hook.failures, hook.failing_since = 0, None
    else:
        hook.failures += 1
        hook.failing_since = hook.failing_since or now
    hopeless = hook.failures >= DISABLE_AFTER_FAILURES and hook.failing_since is not None
    long = hook.failing_since is not None and now - hook.failing_since >= timedelta(hours=DISABLE_AFTER_HOURS)
    if hook.active and (gone or (hopeless and long)):
        reason: Literal["gone", "failing"] = "gone" if gone else "failing"
        hook.active, hook.off_because = False, reason
        publish(WebhookDisabled(webhook_id=hook.id, webhook_name=hook.name, reason=reason))
    hook.save(update_fields=["failures", "failing_since", "active", "off_because"])


@command(KEEP, audited=False)
def end_call(actor: Actor, *, call_id: int, delivered: bool, reason: str) -> None:
    """Note how a call ended."""
    row = Call.objects.filter(tenant_id=actor.tenant_id, id=call_id).first()
    if row is not None:
        row.state = "delivered" if delivered else "dead"
        row.trouble = "" if delivered else reason
        row.save(update_fields=["state", "trouble"])


def _order(actor: Actor, rows: Sequence[Call]) -> None:
    wanted = [
        Wanted(f"{CALL_KIND}:{row.id}:{row.orders}", {"call_id": row.id, "test": row.position is None}) for row in rows
    ]
    delivery.deliver_many(actor, CALL_KIND, wanted)


def _remove_old(_actor: Actor, before: datetime, most: int) -> int:
    ids = list(Call.objects.filter(created_at__lt=before).order_by("id").values_list("id", flat=True)[:most])
    return int(Call.objects.filter(id__in=ids).delete()[0])


OLD_CALLS = keeps(
    Retained(
        "webhooks.calls",
        Words("Webhook 推送记录", "Calls of webhooks"),
        1,
        30,
        lambda _actor, before: Call.objects.filter(created_at__lt=before).count(),
        _remove_old,
    )
)
