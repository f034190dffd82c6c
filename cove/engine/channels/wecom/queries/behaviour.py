from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Avg, Sum

from cove.engine.channels.wecom.models import WecomBehaviour
from cove.engine.channels.wecom.permissions import SEE_BEHAVIOUR
from cove.kernel import clock
from cove.kernel.actor import Actor

CHINA = ZoneInfo("Asia/Shanghai")
MOST_MEMBERS = 200


@dataclass(frozen=True, slots=True)
class Activity:
    """What one member did in the span; averages are of the days on which there was something to average."""

    member_id: int
    name: str
    applications: int
    added: int
    chats: int
    messages: int
    reply_share: float | None
    reply_minutes: float | None
    lost: int


def activity(actor: Actor, *, days: int) -> list[Activity]:
    """Return what members did within the last whole days of China's calendar, the busiest first, at most 200. Raises Forbidden."""
    actor.require(SEE_BEHAVIOUR)
    first = clock.now().astimezone(CHINA).date() - timedelta(days=days)
    totals = {name: Sum(name) for name in ("applications", "added", "chats", "messages", "lost")}
    averages = {name: Avg(name) for name in ("reply_share", "reply_minutes")}
    rows = WecomBehaviour.visible_to(actor).filter(day__gte=first).values("member_id", "member__name")
    found = rows.annotate(**totals, **averages).order_by("-messages", "-added", "member_id")[:MOST_MEMBERS]
    return [_activity(dict(row)) for row in found]


def _activity(row: dict[str, Any]) -> Activity:
    return Activity(row.pop("member_id"), row.pop("member__name"), **row)
