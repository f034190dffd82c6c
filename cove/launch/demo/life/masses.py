"""The mass messages that the company had its members send to their friends, and what became of each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from cove.launch.demo.life import codes
from cove.launch.demo.life.calendar import Calendar
from cove.launch.demo.life.outreach import Passage
from cove.launch.demo.life.plan import CHINA, Dice, Plan

BLOCK = 10_000
"""Contacts of the plan for whom one task is: as many as the platform allows for one."""
SENT, WAITING, NO_CONSENT = "sent", "waiting", "no_consent"
HAD_THE_MOST, NO_FRIEND = "had_the_most", "not_a_friend"
"""What became of it for one friend."""
_TO_SOME = (
    ("样册更新提醒", "新版工程样册到了，新增 12 款哑光门板。要纸质版的朋友回复地址，本周统一寄出。", "2026 产品画册", "/files/catalogue-2026.pdf"),
    ("工程案例集", "龙潭人才公寓 312 户已交付，平面、节点和报价都在案例集里，需要的朋友点开看。", "工程案例集", "/files/projects.pdf"),
    ("招商政策调整", "下季度起样品补贴提高到五折，店面设计免费。详细政策在这里，有问题直接找我。", "经销商政策", "/files/partner-policy.pdf"),
    ("板材检测报告", "上季度的板材检测报告出来了，全部 ENF 级。做工程投标的朋友可以直接下载使用。", "板材检测报告", "/files/board-report.pdf"),
    ("设计云直播课", "周三晚八点，设计云直播讲一键拆单和报价模板，讲完答疑，点卡片预约。", "云岫设计云", "/cloud"),
)  # fmt: skip
"""By the code whose friends get it, in the order of the codes."""
_TO_ALL: Mapping[tuple[int, int], tuple[str, str, str, str]] = {
    (1, 16): ("春节放假通知", "工厂腊月廿二停工、正月初八开工，年前要发的货请在本周内锁单。提前给您拜年！", "", ""),
    (6, 11): ("年中工程价", "六月工程单满 50 套再下 3 个点，含五金，月底截止。要报价的把户型图发我。", "工程与精装合作", "/project"),
    (9, 17): ("秋季新品邀请", "岩、苇、岚三个系列明天上架，展厅已换好样，来看样送一次免费量房。", "衣柜与衣帽间", "/products/wardrobe"),
}  # fmt: skip
"""By month and day."""
_THURSDAY, _SECOND_WEEK = 3, range(8, 15)
_FORGETS, _HAD_THE_MOST = 0.09, 0.025
_FRIENDS, _WORTH_IT = 0.75, 4
"""Share of contacts who become friends, and for how few nobody writes a mass message: so hardly one is for nobody who agreed."""
_TOLD_WITHIN = timedelta(days=8)


@dataclass(frozen=True, slots=True)
class Mass:
    """A mass message to the friends who came by a code, or to all: what it is called and says, its card's title and path.

    `sent` is when each member confirmed it; None for who never did.
    """

    at: datetime
    subject: str
    text: str
    title: str
    path: str
    code: str
    sent: Mapping[str, datetime | None]


def masses_of(plan: Plan, calendar: Calendar) -> list[Mass]:
    """Return the mass messages within the days of a calendar of which all is told by its end, as soon as they are worth it."""
    found: list[Mass] = []
    for passed, day in enumerate(calendar.days):
        friends = plan.contacts * _FRIENDS * passed / len(calendar.days)
        if friends < _WORTH_IT:
            continue
        if day.weekday() == _THURSDAY and day.day in _SECOND_WEEK:
            number = day.year * 12 + day.month
            code = codes.CODES[number % len(codes.CODES)]
            if friends * code.share < _WORTH_IT * 100:
                continue
            found.append(_mass(plan, day, _TO_SOME[number % len(_TO_SOME)], code.name))
        if (day.month, day.day) in _TO_ALL:
            found.append(_mass(plan, day, _TO_ALL[day.month, day.day], ""))
    return sorted((one for one in found if one.at + _TOLD_WITHIN < plan.until), key=lambda one: one.at)


def _mass(plan: Plan, day: date, says: tuple[str, str, str, str], code: str) -> Mass:
    dice = plan.dice("mass", day, code)
    at = datetime(day.year, day.month, day.day, 10, dice.below(50), tzinfo=CHINA)
    sent = {userid: _confirmed(dice, at) for userid in codes.MEMBERS}
    return Mass(at, *says, code, sent)


def _confirmed(dice: Dice, at: datetime) -> datetime | None:
    after = timedelta(seconds=90 + int(dice.expovariate(1 / 9_000)))
    return None if dice.random() < _FORGETS else at + after


@dataclass(frozen=True, slots=True)
class Friendship:
    """Whose friend somebody is by which code, since when and until when; when he agreed to be written to, and until when."""

    userid: str
    code: str
    since: datetime
    until: datetime
    agreed: datetime
    withdrew: datetime


def written_to(dice: Dice, masses: Sequence[Mass], friend: Friendship) -> Iterator[Passage]:
    """Tell what became of the mass messages for a friend; `about` is the message's number, `text` the outcome, `name` the member."""
    for number, one in enumerate(masses):
        fell = dice.random()
        if one.code not in ("", friend.code) or not friend.since < one.at < friend.until:
            continue
        about, sent = str(number), one.sent[friend.userid]
        if not friend.agreed < one.at < friend.withdrew:
            yield Passage(one.at, "mass", about, NO_CONSENT, friend.userid)
        elif sent is None:
            yield Passage(one.at, "mass", about, WAITING, friend.userid)
        elif friend.until < sent:
            yield Passage(sent, "mass", about, NO_FRIEND, friend.userid)
        else:
            yield Passage(sent, "mass", about, HAD_THE_MOST if fell < _HAD_THE_MOST else SENT, friend.userid)
