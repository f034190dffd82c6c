"""The moments that members publish for the company, one each month, and which of their friends like them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from cove.launch.demo.life.calendar import Calendar
from cove.launch.demo.life.outreach import Passage
from cove.launch.demo.life.plan import CHINA, Dice

_TEXTS = (
    ("新品上架", "岩、苇、岚三个系列今天上架，展厅已换好样。想先看色板的朋友留言，免费寄。"),
    ("案例：西溪民宿", "26 间客房，42 天交付。平面、板材和报价都整理好了，需要的朋友私信我。"),
    ("工厂开放日", "这周六工厂开放，可以看封边和拆单，管午饭，名额 20 个。"),
    ("设计云更新", "设计云这周上线一键拆单，五金规则可以自己配，老用户直接能用。"),
    ("案例：前海 143㎡", "前海这套全屋 21 天装完，业主自己拍的入住视频，点开看细节。"),
    ("旺季排产提醒", "下月开始进入旺季，工程单建议提前 30 天锁排产，早下单不加急费。"),
)
_LIKE, _COMMENT = 0.085, 0.02
_FRIDAY, _FIRST_WEEK = 4, range(1, 8)


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment: what members call it, what it says."""

    at: datetime
    subject: str
    text: str


def moments_of(calendar: Calendar) -> list[Moment]:
    """Return the moments within the days of a calendar, on the first Friday of each month."""
    days = [day for day in calendar.days if day.weekday() == _FRIDAY and day.day in _FIRST_WEEK]
    at = [datetime(day.year, day.month, day.day, 11, 30, tzinfo=CHINA) for day in days]
    return [Moment(one, *_TEXTS[number % len(_TEXTS)]) for number, one in enumerate(at)]


def liked(
    dice: Dice, moments: Sequence[Moment], userid: str, since: datetime, until: datetime | None
) -> Iterator[Passage]:
    """Tell which moments of his member a friend likes or comments on; `about` is the moment's number, `text` the member."""
    for number, one in enumerate(moments):
        at = one.at + timedelta(seconds=120 + int(dice.expovariate(1 / 15_000)))
        fell = dice.random()
        if since < at and (until is None or at < until):
            if fell < _LIKE:
                yield Passage(at, "like", str(number), userid)
            if fell < _COMMENT:
                yield Passage(at + timedelta(seconds=dice.between(5, 60)), "comment", str(number), userid)
