"""One contact's life: he reads, adds a member, asks, tries the product, grows quiet, sometimes leaves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

from cove.launch.demo.life import codes, site
from cove.launch.demo.life.calendar import Calendar, business
from cove.launch.demo.life.names import Firm, Someone, firm, someone
from cove.launch.demo.life.plan import CHINA, Dice, Plan
from cove.launch.demo.life.talk import conversation

Place = Literal["site", "cloud"]


@dataclass(frozen=True, slots=True)
class Sent:
    """What the company's site or product told the collector: an event of `docs/collector.md`."""

    at: datetime
    place: Place
    event: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Doing:
    """What somebody did at the platform: `add` a member (by a code), `leave` him, `say` to customer service, be given an `answer`."""

    at: datetime
    do: Literal["add", "leave", "say", "answer"]
    userid: str = ""
    code: str = ""
    text: str = ""


@dataclass(slots=True)
class Life:
    """A contact and all he does, in order. Without `user_id` he never registered; who neither adds nor writes has no doings."""

    number: int
    who: Someone
    firm: Firm
    unionid: str
    external_userid: str
    user_id: str = ""
    remark: str = ""
    sent: list[Sent] = field(default_factory=list)
    doings: list[Doing] = field(default_factory=list)


class Writer:
    """Writes lives of a plan, each by itself."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.calendar = Calendar(plan)
        self.firms = max(3, plan.contacts // 5)

    def life(self, number: int) -> Life:
        """Return the life of a contact of the plan, by his number from 0."""
        dice = self.plan.dice("contact", number)
        of = firm(self.plan, int(self.firms * dice.random() ** 1.6))
        name = self.plan.name("contact", number)
        life = Life(number, someone(self.plan, number, of, dice), of, f"o{name[:27]}", f"wm{name[:30]}")
        sort = dice.choices(("friend", "both", "user", "asker"), weights=(44, 30, 16, 10))[0]
        day = self.calendar.first_day(dice)
        pen = _Pen(self, life, dice, anonymous_id=_uuid(self.plan.name("browser", number)))
        pen.visits(day - timedelta(days=dice.randrange(18)), day, dice.choice((0, 0, 1, 1, 2, 3)))
        if sort in ("friend", "both"):
            pen.befriend(day)
        if sort == "asker" or (life.doings and dice.random() < 0.45):
            pen.ask(day + timedelta(days=dice.choice((0, 0, 1, 2, 5))))
        if sort in ("user", "both"):
            pen.register(day + timedelta(days=dice.choice((0, 0, 1, 2, 3, 6, 10))))
        pen.finish()
        return life

    def strangers(self, number: int) -> list[Sent]:
        """Return the visits of somebody who comes with the contact of this number and whom nobody gets to know; often of nobody."""
        dice = self.plan.dice("stranger", number)
        nobody = Life(number, _NOBODY, _NOWHERE, "", "")
        day = self.calendar.first_day(dice)
        pen = _Pen(self, nobody, dice, anonymous_id=_uuid(self.plan.name("stranger", number)))
        pen.visits(day, day + timedelta(days=9), dice.choice((0, 0, 0, 1, 1, 2)))
        pen.finish()
        return nobody.sent


_NOBODY = Someone("", "", 0, "", "", "")
_NOWHERE = Firm(0, "", "", "", "", "studio", 0)


def _uuid(digits: str) -> str:
    return f"{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-a{digits[17:20]}-{digits[20:32]}"


class _Pen:
    """Writes into one life. What lies after the plan's end is not written."""

    def __init__(self, writer: Writer, life: Life, dice: Dice, *, anonymous_id: str) -> None:
        self.plan, self.calendar, self.life, self.dice = writer.plan, writer.calendar, life, dice
        self.anonymous_id = anonymous_id
        self.sessions = 0

    def finish(self) -> None:
        """Put all in order and number the events."""
        life, until = self.life, self.plan.until
        life.sent = sorted((one for one in life.sent if one.at < until), key=lambda one: one.at)
        life.doings = sorted((one for one in life.doings if one.at < until), key=lambda one: one.at)
        name = self.plan.name("events", self.anonymous_id)[:20]
        for number, one in enumerate(life.sent):
            one.event["message_id"] = f"{name}-{number}"

    def visits(self, first: Any, last: Any, count: int) -> None:
        """Let him read on the site, on days from `first` to `last`."""
        for number in range(count):
            day = first + timedelta(days=self.dice.randrange((last - first).days + 1))
            came = site.way(self.dice) if number == 0 or self.dice.random() < 0.4 else None
            self._visit(self.calendar.moment(self.dice, day, working=self.dice.random() < 0.5), came)

    def befriend(self, day: Any) -> None:
        """Let him add a member, and perhaps leave him again."""
        code, userid = codes.draw(self.dice)
        at = self.calendar.moment(self.dice, day, working=True)
        self._do(Doing(at, "add", userid, code.name if code else ""))
        if self.dice.random() < 0.6:
            self.life.remark = f"{self.life.firm.short} {self.life.who.name}"
        if self.dice.random() < 0.13:
            gone = self.calendar.moment(
                self.dice, day + timedelta(days=3 + int(self.dice.expovariate(1 / 60))), working=False
            )
            self._do(Doing(gone, "leave", userid))
        self.visits(day, day + timedelta(days=45), self.dice.choice((0, 0, 1, 1, 2, 4)))

    def ask(self, day: Any) -> None:
        """Let him write to customer service, once or on several days."""
        userid = next((one.userid for one in self.life.doings), self.dice.choice(codes.MEMBERS))
        for _ in range(self.dice.choice((1, 1, 1, 2, 3))):
            at = self.calendar.moment(self.dice, self.calendar.working_day(self.dice, day, 4), working=True)
            # Nobody asks before he has added somebody to ask; a minute later is usual.
            at = max(
                at,
                min((one.at for one in self.life.doings), default=at) + timedelta(seconds=self.dice.randrange(40, 400)),
            )
            for his, text in conversation(self.dice, self.life.firm):
                self._do(Doing(at, "say" if his else "answer", userid, text=text))
                at += timedelta(seconds=self.dice.randrange(6, 50) if his else self.dice.randrange(15, 400))
            day += timedelta(days=self.dice.randrange(6, 50))

    def register(self, day: Any) -> None:
        """Let him register at the product, and use it for as long as it is worth something to him."""
        at = self.calendar.moment(self.dice, day, working=True)
        self._visit(at, site.way(self.dice), form="试用注册")
        at += timedelta(seconds=self.dice.randrange(40, 240))
        life, who, of = self.life, self.life.who, self.life.firm
        life.user_id = f"yx-{self.plan.name('user', life.number)[:16]}"
        traits = {
            "name": who.name,
            "company": of.name,
            "position": who.position,
            "phone": who.phone,
            "email": who.email,
            **({"unionid": life.unionid} if life.doings else {}),
        }
        self._send(
            at,
            "cloud",
            {"type": "identify", "user_id": life.user_id, "anonymous_id": self.anonymous_id, "traits": traits},
        )
        plan_name = self.dice.choices(site.PLANS, weights=(6, 3, 2, 1))[0]
        account = {"name": of.name, "industry": of.kind, "seats": of.seats, "plan": plan_name, "city": of.city}
        self._send(
            at + timedelta(seconds=1),
            "cloud",
            {"type": "group", "user_id": life.user_id, "group_id": of.key, "traits": account},
        )
        # Half try it for a few days, some stay for months.
        stays = min(int(self.dice.lognormvariate(2.6, 1.3)), (self.plan.until.astimezone(CHINA).date() - day).days)
        for offset in self._sitting_days(stays):
            on = day + timedelta(days=offset)
            if offset == 0 or self.dice.random() < business(on):
                self._sitting(self.calendar.moment(self.dice, on, working=True))
        self.visits(day, day + timedelta(days=max(1, stays)), self.dice.choice((0, 1, 1, 2)))

    def _sitting_days(self, stays: int) -> Iterator[int]:
        offset = 0
        while offset <= stays:
            yield offset
            # The longer he has it, the rarer he needs it.
            offset += 1 + int(self.dice.expovariate(1 / (2.2 + offset / 40)))

    def _visit(self, at: datetime, came: site.Way | None, form: str = "") -> None:
        self.sessions += 1
        session = f"{self.anonymous_id[:13]}-{self.sessions}"
        known = {"user_id": self.life.user_id} if self.life.user_id else {}
        referrer = came.referrer if came else ""
        for step, (path, title) in enumerate(site.walk(self.dice, self.dice.choice((1, 2, 2, 3, 4, 6)))):
            seconds = site.reading_seconds(self.dice, path)
            here = {"anonymous_id": self.anonymous_id, **known, "session_id": session, "title": title}
            here["url"] = site.address(path, came if step == 0 else None)
            self._send(at, "site", {"type": "page", **here, **({"referrer": referrer} if referrer else {})})
            leaving = {"seconds": seconds, "depth": self.dice.choice((30, 45, 60, 80, 100, 100))}
            extra = self._extra(form if step == 0 else "")
            if extra:
                self._send(at + timedelta(seconds=seconds * 0.7), "site", {"type": "track", **here, **extra})
            at += timedelta(seconds=seconds)
            self._send(at, "site", {"type": "track", **here, "event": "$leave", "properties": leaving})
            at += timedelta(seconds=self.dice.random() * 3)
            referrer = site.SITE + path

    def _extra(self, form: str) -> dict[str, Any]:
        fell = self.dice.random()
        if form or fell < 0.04:
            return {"event": "$form_submit", "properties": {"form": form or self.dice.choice(site.FORMS)}}
        if fell < 0.09:
            text, path = self.dice.choice(site.DOWNLOADS)
            return {"event": "$download", "properties": {"text": text, "href": site.SITE + path}}
        return {}

    def _sitting(self, at: datetime) -> None:
        self.sessions += 1
        common = {"type": "track", "user_id": self.life.user_id, "account": self.life.firm.key}
        session = f"{self.life.user_id[3:11]}-{self.sessions}"
        names, weights = [one[0] for one in site.FEATURES], [one[1] for one in site.FEATURES]
        for feature in ["打开方案", *self.dice.choices(names, weights=weights, k=self.dice.choice((1, 2, 3, 5, 8)))]:
            told = {"event": feature, "properties": site.feature_properties(self.dice, feature)}
            self._send(at, "cloud", {**common, "session_id": session, **told})
            at += timedelta(seconds=self.dice.randrange(20, 900))

    def _send(self, at: datetime, place: Place, event: dict[str, Any]) -> None:
        # Thousandths of a second are what the wire tells.
        moment = at.astimezone(UTC)
        moment = moment.replace(microsecond=moment.microsecond // 1000 * 1000)
        told = f"{moment:%Y-%m-%dT%H:%M:%S}.{moment.microsecond // 1000:03d}Z"
        self.life.sent.append(Sent(moment, place, {**event, "timestamp": told}))

    def _do(self, doing: Doing) -> None:
        self.life.doings.append(doing)
