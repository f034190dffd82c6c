"""Whoever leaves his data in an advertisement's form or comes by a click, and what its platform is told of him afterwards."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from cove.launch.demo.life.calendar import Calendar
from cove.launch.demo.life.outreach import Passage
from cove.launch.demo.life.plan import CHINA, Dice, Urn

OCEAN, BAIDU = "ocean", "baidu"
_SHARE = 0.28
_ADS = Urn(
    (
        ((OCEAN, "同城设计师-案例视频"), 5),
        ((OCEAN, "工程采购-工厂探访"), 3),
        ((OCEAN, "加盟-门店日记"), 3),
        ((BAIDU, "品牌词-全屋定制"), 4),
        ((BAIDU, "工程词-公寓柜体"), 3),
    )
)
OF_LEAD, OF_CLICK = "lead", "click"
"""What of it a platform is told: what became of his lead, or of his click."""
PLATFORM_OF_CLICK = {"clickid": OCEAN, "bd_vid": BAIDU}
_BECAME = Urn(
    (
        ((), 40),
        (("confirmed",), 24),
        (("confirmed", "high_potential"), 14),
        (("confirmed", "paid"), 8),
        (("invalid",), 14),
    )
)


def leads(dice: Dice, calendar: Calendar, since: datetime) -> Iterator[Passage]:
    """Tell of the form that somebody filled in after a moment, and of what members report of it; mostly of none.

    `about` is the platform, `text` the campaign or what became of him.
    """
    if dice.random() < _SHARE:
        platform, campaign = dice.draw(_ADS)
        day = since.astimezone(CHINA).date() + timedelta(days=1 + dice.below(30))
        yield Passage(calendar.moment(dice, day, working=False).replace(microsecond=0), "lead", platform, campaign)
        # Baidu hears of clicks only.
        for event in dice.draw(_BECAME) if platform == OCEAN else ():
            day = calendar.working_day(dice, day + timedelta(days=1), 12)
            yield Passage(calendar.moment(dice, day, working=True), "convert", platform, event, OF_LEAD)


def converted(clicks: Mapping[str, datetime], known: datetime, befriended: datetime) -> Iterator[Passage]:
    """Tell which platforms hear that somebody became a friend: those whose clicks (the first of each parameter) are known to be his by then."""
    for name, at in sorted(clicks.items()):
        if name in PLATFORM_OF_CLICK and max(at, known) < befriended:
            heard = befriended + timedelta(seconds=3)
            yield Passage(heard, "convert", PLATFORM_OF_CLICK[name], "friend_added", OF_CLICK)
