"""Who opened a live code on the way to a member, and who only looked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from cove.launch.demo.life import codes
from cove.launch.demo.life.calendar import Calendar
from cove.launch.demo.life.outreach import Passage
from cove.launch.demo.life.plan import CHINA, Dice, Plan

_LOOKERS = (0, 0, 1, 1, 2, 3)
"""How many open a code without adding anybody, for one who adds: most codes lose half of those who scan them."""
_BEFORE = 0.15
"""Share of friends who had opened it days before, and added nobody then."""


def scanned(plan: Plan, calendar: Calendar, number: int, code: str, userid: str, added: datetime) -> Iterator[Passage]:
    """Tell how the contact of a number opened the code by which he added a member, and who else opened it around that day.

    `about` is the code's name, `text` the member whom it showed, `name` the browser that opened it.
    """
    dice = plan.dice("scans", number)
    own = plan.uuid("phone", number, 0)
    if dice.random() < _BEFORE:
        yield Passage(_around(dice, calendar, added, -9), "glance", code, codes.shown(dice, code), own)
    yield Passage(added - timedelta(seconds=dice.between(15, 180)), "open_code", code, userid, own)
    for other in range(dice.choice(_LOOKERS)):
        at = _around(dice, calendar, added, dice.choice((-6, 6)))
        yield Passage(at, "glance", code, codes.shown(dice, code), plan.uuid("phone", number, 1 + other))


def _around(dice: Dice, calendar: Calendar, day: datetime, most: int) -> datetime:
    days = dice.below(abs(most)) * (1 if most > 0 else -1)
    at = calendar.moment(dice, (day + timedelta(days=days)).astimezone(CHINA).date(), working=True)
    # Before him, or after him: on his own day the hours may lie on either side.
    return min(at, day - timedelta(minutes=5)) if most < 0 else max(at, day + timedelta(minutes=5))
