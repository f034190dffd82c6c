"""The rules a company sets for its marketing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from django.db import connection

from cove.engine.channels.delivery.commands.outbox import WAKE_CHANNEL
from cove.engine.channels.delivery.contracts import State
from cove.engine.channels.delivery.models import Delivery, ReachRules
from cove.engine.channels.delivery.permissions import MANAGE_RULES
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.command import command
from cove.kernel.errors import InvalidInput
from cove.kernel.words import Words

_BOTH_HOURS = Words("请同时填写免打扰的开始与结束时间", "Give both the begin and the end of the quiet hours")
_ALL_DAY = Words("开始与结束不能相同，请另选一个时间", "Begin and end are the same; choose another time")
_SMALLER = Words("不能小于更短时段的上限", "Must not be less than what a shorter time allows")


@dataclass(frozen=True, slots=True)
class Chosen:
    """Rules as they were chosen; see `ReachRules`."""

    quiet_from: str
    quiet_until: str
    quiet_then: Literal["wait", "refuse"]
    most_a_day: int | None
    most_a_week: int | None
    most_a_month: int | None


@command(MANAGE_RULES)
def change_rules(actor: Actor, *, chosen: Chosen) -> ReachRules:
    """Set the rules; what waits for the end of the old quiet hours is asked anew. Raises InvalidInput naming the field."""
    _check(chosen)
    row, _ = ReachRules.objects.select_for_update().get_or_create(tenant_id=actor.tenant_id)
    row.quiet_from, row.quiet_until, row.quiet_then = chosen.quiet_from, chosen.quiet_until, chosen.quiet_then
    row.most_a_day, row.most_a_week, row.most_a_month = chosen.most_a_day, chosen.most_a_week, chosen.most_a_month
    row.save()
    waiting = Delivery.objects.filter(tenant_id=actor.tenant_id, state=State.PENDING, reason="quiet_hours")
    waiting.update(not_before=clock.now(), reason="")
    _wake()
    return row


@command(MANAGE_RULES)
def pause_marketing(actor: Actor, *, paused: bool) -> ReachRules:
    """Stop all marketing that has not left yet, or let it go on. What has an end to its time is missed when that comes."""
    row, _ = ReachRules.objects.select_for_update().get_or_create(tenant_id=actor.tenant_id)
    row.paused = paused
    row.save(update_fields=["paused"])
    _wake()
    return row


def _check(chosen: Chosen) -> None:
    if bool(chosen.quiet_from) != bool(chosen.quiet_until):
        missing = "quiet_until" if chosen.quiet_from else "quiet_from"
        raise InvalidInput(fields={missing: _BOTH_HOURS})
    if chosen.quiet_from and chosen.quiet_from == chosen.quiet_until:
        raise InvalidInput(fields={"quiet_until": _ALL_DAY})
    caps = [
        ("most_a_day", chosen.most_a_day),
        ("most_a_week", chosen.most_a_week),
        ("most_a_month", chosen.most_a_month),
    ]
    floor = 0
    for name, most in caps:
        if most is not None and most < floor:
            raise InvalidInput(fields={name: _SMALLER})
        floor = most if most is not None else floor


def _wake() -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"NOTIFY {WAKE_CHANNEL}")
