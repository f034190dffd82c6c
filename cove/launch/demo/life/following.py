"""What somebody does with the company's official account and its mini-program, once the platform knows who he is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from cove.launch.demo.life.calendar import Calendar
from cove.launch.demo.life.outreach import Passage
from cove.launch.demo.life.plan import CHINA, Dice, Urn

BY_CODE, BY_SEARCH = "ADD_SCENE_QR_CODE", "ADD_SCENE_SEARCH"
_SCENES = Urn(((BY_CODE, 34), (BY_SEARCH, 26), ("ADD_SCENE_PROFILE_LINK", 22), ("ADD_SCENE_PROFILE_CARD", 18)))
_FOLLOW, _USE_MINI, _LEAVE, _SCAN_AGAIN = 0.36, 0.17, 0.14, 0.16
_WRITTEN = Urn(
    (
        ("案例", 8),
        ("门店", 6),
        ("有实景图吗", 3),
        ("展厅地址发一下", 3),
        ("全屋定制多少钱一平", 4),
        ("你们做工程单吗", 2),
        ("衣柜板材是什么级别", 2),
        ("周末展厅开吗", 2),
        ("怎么联系设计师", 3),
        ("有没有旧房翻新的案例", 2),
    )
)


def following(dice: Dice, calendar: Calendar, known: datetime) -> Iterator[Passage]:
    """Tell what somebody does who is known since a moment; often nothing."""
    if dice.random() < _FOLLOW:
        yield from _account(dice, calendar, known)
    if dice.random() < _USE_MINI:
        yield from _mini(dice, calendar, known)


def _account(dice: Dice, calendar: Calendar, known: datetime) -> Iterator[Passage]:
    begun = _later(dice, calendar, known, 25)
    yield Passage(begun, "follow", dice.draw(_SCENES))
    end = begun + timedelta(days=4 + int(dice.expovariate(1 / 70))) if dice.random() < _LEAVE else None
    for _ in range(dice.choice((0, 0, 1, 1, 2, 3))):
        yield from _before(end, Passage(_later(dice, calendar, begun, 30), "menu", "", str(dice.below(2))))
    for number in range(dice.choice((0, 0, 0, 1, 1, 2))):
        at = _later(dice, calendar, begun, 20)
        yield from _before(end, Passage(at, "write", "", dice.draw(_WRITTEN), f"official:{number}"))
    if dice.random() < _SCAN_AGAIN:
        yield from _before(end, Passage(_later(dice, calendar, begun, 40), "scan"))
    if end:
        yield Passage(end, "unfollow")


def _mini(dice: Dice, calendar: Calendar, known: datetime) -> Iterator[Passage]:
    days = set()
    for _ in range(dice.choice((1, 1, 2, 3, 5, 8))):
        at = _later(dice, calendar, known, 45)
        # He signs in as often as he likes; it is told once a day, and days are the platform's.
        if at.date() not in days:
            days.add(at.date())
            yield Passage(at, "mini")


def _before(end: datetime | None, passage: Passage) -> Iterator[Passage]:
    if end is None or passage.at < end:
        yield passage


def _later(dice: Dice, calendar: Calendar, since: datetime, days: int) -> datetime:
    """Draw a time at leisure, about so many days after a moment and never before it."""
    day = since.astimezone(CHINA).date() + timedelta(days=int(dice.expovariate(1 / days)))
    return max(calendar.moment(dice, day, working=False), since + timedelta(minutes=dice.between(2, 200)))
