"""What passes between a contact and the company by mail and text message, and what he agrees to.

Only whoever agreed is sent what advertises, only who registered has told his address and number; who unsubscribes, or whose address is
wrong, gets no more.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal, NamedTuple

from cove.launch.demo.life.calendar import Calendar
from cove.launch.demo.life.campaigns import AUTUMN_TEXT, TRIAL, VISIT, VISIT_TEXT, Campaigns
from cove.launch.demo.life.plan import CHINA, Dice

Do = Literal[
    "agree", "withdraw",
    "mail", "mail_opened", "mail_clicked", "mail_bounced", "mail_left", "mail_complained",
    "text", "text_arrived", "text_failed", "text_answered",
    "follow", "unfollow", "scan", "menu", "write", "mini",
    "lead", "convert", "join", "leave_group", "like", "comment", "mass", "count", "open_code", "glance",
]  # fmt: skip
SHOWS_HIM = frozenset(
    ("mail_clicked", "mail_complained", "text_answered", "follow", "scan", "menu", "write", "mini", "lead", "join", "like", "comment")
)  # fmt: skip
"""What only he himself does."""
HARD, SOFT = "address_unknown", "mailbox_full"
BY_FORM = "form"
_HEARD_BY_MEMBERS = ("微信上同意接收新品与活动", "展会现场登记时同意", "电话回访时同意", "到店签到表上勾选")
_REFUSALS = ("R", "R", "R", "TD", "退订")
_UNDELIVERED = ("MK:0001", "PHONE_OFF", "ERR_ABSENT")
_HOURS = ("上午10点", "上午11点", "下午2点", "下午3点", "下午4点")


class Passage(NamedTuple):
    """Something that passed. `about` is the template, or who heard it; `name` is the message that it is or belongs to."""

    at: datetime
    do: Do
    about: str = ""
    text: str = ""
    name: str = ""


@dataclass(slots=True)
class Person:
    """What this needs to know of somebody: since when he is known, since when his address and number are, who serves him."""

    known: datetime
    registered: datetime | None
    friend_of: str


class Outreach:
    """Writes what passes by mail and text message into `passed`; `click` lets him read on the site at a moment."""

    def __init__(
        self, person: Person, dice: Dice, calendar: Calendar, campaigns: Campaigns, click: Callable[[datetime], None]
    ) -> None:
        self.person, self.dice, self.calendar, self.campaigns, self.click = person, dice, calendar, campaigns, click
        self.passed: list[Passage] = []
        self.agreed: datetime | None = None
        self.mail_ends = self.texts_end = datetime.max.replace(tzinfo=UTC)
        self.number = 0

    def write(self) -> None:
        """Write all of it."""
        self._agree()
        if self.person.registered is None:
            return
        since = max(self.person.registered, self.person.known)
        self._mail(since + timedelta(days=3, minutes=self.dice.between(1, 50)), TRIAL, "trial")
        if self.dice.random() < 0.22:
            self._visit(since)
        for one in self.campaigns.mails:
            if self._wants(one.at) and since < one.at < self.mail_ends:
                self._mail(one.at + timedelta(seconds=self.dice.below(1200)), one.template, one.key)
        for one in self.campaigns.texts:
            if self._wants(one.at) and since < one.at < self.texts_end:
                self._text(one.at + timedelta(seconds=self.dice.below(600)), one.template, one.key, "")

    def _wants(self, at: datetime) -> bool:
        return self.agreed is not None and self.agreed < at < min(self.mail_ends, self.texts_end)

    def _tell(self, at: datetime, do: Do, about: str, text: str = "", name: str = "") -> None:
        self.passed.append(Passage(at, do, about, text, name))

    def _agree(self) -> None:
        who, fell = self.person, self.dice.random()
        if who.registered is not None and fell < 0.68:
            self.agreed = max(who.registered, who.known) + timedelta(seconds=2)
            self._tell(self.agreed, "agree", BY_FORM)
        elif who.friend_of and fell < 0.5:
            day = self.calendar.working_day(self.dice, who.known.astimezone(CHINA).date(), 9)
            at = self.calendar.moment(self.dice, day, working=True)
            self.agreed = max(at, who.known + timedelta(minutes=self.dice.between(3, 90)))
            self._tell(self.agreed, "agree", who.friend_of, self.dice.choice(_HEARD_BY_MEMBERS))
        if self.agreed and self.dice.random() < 0.04:
            self._withdraw(self.agreed + timedelta(days=2 + self.dice.below(150), seconds=self.dice.below(50_000)))

    def _withdraw(self, at: datetime) -> None:
        self._tell(at, "withdraw", "")
        self.mail_ends = self.texts_end = at

    def _name(self, key: str) -> str:
        self.number += 1
        return f"{key}:{self.number}"

    def _mail(self, at: datetime, template: str, key: str) -> None:
        if at >= self.mail_ends:
            return
        name, dice = self._name(key), self.dice
        self._tell(at, "mail", template, name=name)
        fell = dice.random()
        if self.number == 1 and fell < 0.03:
            self.mail_ends = at + timedelta(seconds=dice.between(1, 40))
            self._tell(self.mail_ends, "mail_bounced", template, HARD, name)
        elif fell > 0.99:
            self._tell(at + timedelta(minutes=dice.between(1, 300)), "mail_bounced", template, SOFT, name)
        elif fell < 0.45:
            self._read(at, template, name)

    def _read(self, sent: datetime, template: str, name: str) -> None:
        dice = self.dice
        at = sent + timedelta(seconds=60 + int(dice.expovariate(1 / 22_000)))
        self._tell(at, "mail_opened", template, name=name)
        fell = dice.random()
        if fell < 0.26:
            clicked = at + timedelta(seconds=dice.between(6, 90))
            self._tell(clicked, "mail_clicked", template, name=name)
            self.click(clicked + timedelta(seconds=2))
        elif fell > 0.982 and template not in (TRIAL, VISIT):
            self.mail_ends = at + timedelta(seconds=dice.between(5, 60))
            self._tell(self.mail_ends, "mail_left", template, name=name)
        elif fell > 0.979 and template not in (TRIAL, VISIT):
            self.mail_ends = at + timedelta(seconds=dice.between(5, 60))
            self._tell(self.mail_ends, "mail_complained", template, name=name)

    def _visit(self, since: datetime) -> None:
        """Let him make an appointment in a showroom, which is confirmed and which he is reminded of."""
        day = self.calendar.working_day(self.dice, since.astimezone(CHINA).date() + timedelta(days=2), 20)
        at = self.calendar.moment(self.dice, day, working=True)
        coming = day + timedelta(days=1 + self.dice.below(4))
        self._mail(at, VISIT, "visit")
        when = f"{coming.month}月{coming.day}日{self.dice.choice(_HOURS)}"
        self._text(at + timedelta(seconds=self.dice.between(2, 20)), VISIT_TEXT, "visit", when)

    def _text(self, at: datetime, template: str, key: str, text: str) -> None:
        name, dice = self._name(key), self.dice
        self._tell(at, "text", template, text, name)
        later = at + timedelta(seconds=dice.between(2, 25))
        if dice.random() < 0.05:
            self._tell(later, "text_failed", template, dice.choice(_UNDELIVERED), name)
            return
        self._tell(later, "text_arrived", template, name=name)
        if template == AUTUMN_TEXT and dice.random() < 0.04:
            self.texts_end = later + timedelta(seconds=dice.between(30, 4000))
            self._tell(self.texts_end, "text_answered", template, dice.choice(_REFUSALS), name)
        elif template == VISIT_TEXT and dice.random() < 0.15:
            self._tell(
                later + timedelta(seconds=dice.between(30, 4000)), "text_answered", template, "好的，准时到", name
            )
