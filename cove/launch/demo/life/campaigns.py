"""What the company sends to everybody who agreed, and what its messages are called."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from cove.launch.demo.life import site
from cove.launch.demo.life.calendar import Calendar
from cove.launch.demo.life.plan import CHINA

MONTHLY, TRIAL, VISIT, AUTUMN = "月度案例精选", "设计云试用第三天", "到店预约确认", "秋季新品邀请"
"""Mails, by their templates' names."""
LINKS = {
    MONTHLY: f"{site.SITE}/cases",
    TRIAL: f"{site.SITE}/help/quote-template",
    VISIT: f"{site.SITE}/stores",
    AUTUMN: f"{site.SITE}/products/wardrobe",
}
"""Where the link of a mail leads."""
VISIT_TEXT, AUTUMN_TEXT = "到店预约提醒", "秋季新品"
"""Text messages, by their templates' names at the provider."""
_NEW_IN_AUTUMN = ((9, 19),)
_TEXTS_OF_AUTUMN = ((9, 10), (10, 28), (11, 9))
"""Months and days."""
_SECOND_WEEK, _TUESDAY = range(8, 15), 1


@dataclass(frozen=True, slots=True)
class Campaign:
    """Something that goes to many from a moment on; `key` tells it from the others of its template."""

    at: datetime
    template: str
    key: str


class Campaigns:
    """The mails and text messages to many within the days of a calendar, each in order."""

    def __init__(self, calendar: Calendar) -> None:
        mails, texts = [], []
        for day in calendar.days:
            if day.weekday() == _TUESDAY and day.day in _SECOND_WEEK:
                mails.append(_on(day, 10, MONTHLY, f"monthly-{day:%Y-%m}"))
            if (day.month, day.day) in _NEW_IN_AUTUMN:
                mails.append(_on(day, 11, AUTUMN, f"autumn-{day:%Y}"))
            if (day.month, day.day) in _TEXTS_OF_AUTUMN:
                texts.append(_on(day, 15, AUTUMN_TEXT, f"autumn-{day:%Y-%m-%d}"))
        self.mails, self.texts = mails, texts


def _on(day: date, hour: int, template: str, key: str) -> Campaign:
    return Campaign(datetime(day.year, day.month, day.day, hour, tzinfo=CHINA), template, key)
