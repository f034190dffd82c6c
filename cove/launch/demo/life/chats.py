"""What members and their friends do in WeCom's own chats: the platform only counts it, nobody tells what was said."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from cove.launch.demo.life.calendar import Calendar
from cove.launch.demo.life.outreach import Passage
from cove.launch.demo.life.plan import CHINA, Dice

ADDED, LOST, CHATTED = "added", "lost", "chatted"
"""What is counted of a friend on a day."""
_FIRST, _DAYS = 0.7, (0, 0, 1, 1, 2, 3, 5)
_ANSWERED = 0.93


def chatted(dice: Dice, calendar: Calendar, userid: str, since: datetime, until: datetime | None) -> Iterator[Passage]:
    """Tell what is counted of a friend (from `since` to `until`) with his member.

    `about` is the member; of a chat `name` is how many messages the member sent, and after how many minutes he answered (empty: never).
    """
    yield Passage(since, "count", userid, ADDED)
    met = since.astimezone(CHINA).date()
    days = [met] if dice.random() < _FIRST else []
    days += [met + timedelta(days=1 + int(dice.expovariate(1 / 40))) for _ in range(dice.choice(_DAYS))]
    for day in dict.fromkeys(days):
        at = max(calendar.moment(dice, day, working=True), since)
        if until is None or at < until:
            answered = dice.random() < _ANSWERED
            name = f"{dice.between(1, 14)}:{int(dice.expovariate(1 / 11)) + 1}" if answered else "0:"
            yield Passage(at, "count", userid, CHATTED, name)
    if until is not None:
        yield Passage(until, "count", userid, LOST)
