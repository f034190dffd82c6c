"""The company's customer groups: one for each kind of firm, and a new one for every thousand customers of the plan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from cove.launch.demo.life.calendar import Calendar
from cove.launch.demo.life.outreach import Passage
from cove.launch.demo.life.plan import CHINA, Dice

BLOCK = 1_000
"""Contacts of the plan among whom a group of each kind finds its people: far fewer than the 500 that the platform allows."""
INVITED, BY_CODE = 1, 3
GROUPS: tuple[tuple[str, str], ...] = (
    ("云岫设计师交流", "LiMingxuan"),
    ("云岫经销伙伴", "HuangJiayi"),
    ("精装工程供应", "WangFang"),
    ("酒店公寓整装", "ZhaoLei"),
)
"""What they are called, and whose they are."""
_PLACES: Mapping[str, int] = {"studio": 0, "dealer": 1, "builder": 2, "developer": 2, "hotel": 3}
_JOIN, _LEAVE, _SCANS = 0.4, 0.12, 0.35


def group_of(number: int, kind: str) -> int:
    """Return the number of the group for a contact of the plan, of a firm of this kind."""
    return number // BLOCK * len(GROUPS) + _PLACES[kind]


def group_name(group: int) -> str:
    """Return what the group of a number is called."""
    return f"{GROUPS[group % len(GROUPS)][0]} {group // len(GROUPS) + 1} 群"


def grouped(dice: Dice, calendar: Calendar, group: int, since: datetime, until: datetime | None) -> Iterator[Passage]:
    """Tell how a friend (from `since` to `until`) joins his group; `about` is its number, `text` by which way. More often he does not."""
    if dice.random() >= _JOIN:
        return
    day = calendar.working_day(dice, since.astimezone(CHINA).date() + timedelta(days=1), 30)
    joined = calendar.moment(dice, day, working=True).replace(microsecond=0)
    if until is not None and joined >= until:
        return
    way = BY_CODE if dice.random() < _SCANS else INVITED
    yield Passage(joined, "join", str(group), str(way))
    if dice.random() < _LEAVE:
        gone = joined + timedelta(days=1 + int(dice.expovariate(1 / 60)), seconds=dice.below(40_000))
        yield Passage(gone, "leave_group", str(group))
