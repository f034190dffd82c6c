"""One contact's life: he reads, adds a member, asks, tries the product, grows quiet, sometimes leaves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from operator import attrgetter
from typing import Any, Literal, NamedTuple

from cove.launch.demo.life import codes, site
from cove.launch.demo.life.calendar import Calendar, business
from cove.launch.demo.life.campaigns import Campaigns
from cove.launch.demo.life.chats import chatted
from cove.launch.demo.life.following import following
from cove.launch.demo.life.groups import group_of, grouped
from cove.launch.demo.life.leads import converted, leads
from cove.launch.demo.life.masses import Friendship, masses_of, written_to
from cove.launch.demo.life.moments import liked, moments_of
from cove.launch.demo.life.names import Firm, Someone, firm, someone
from cove.launch.demo.life.outreach import Outreach, Passage, Person
from cove.launch.demo.life.plan import CHINA, Dice, Plan, Urn
from cove.launch.demo.life.scans import scanned
from cove.launch.demo.life.talk import conversation

Place = Literal["site", "cloud"]
_SORTS = Urn((("friend", 44), ("both", 30), ("user", 16), ("asker", 10)))


class Sent(NamedTuple):
    """What the company's site or product told the collector: an event of `docs/collector.md`; `click` is the advertisement's in its address."""

    at: datetime
    place: Place
    event: dict[str, Any]
    click: str = ""


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
    """A contact and all he does, in order. Without `user_id` he never registered; who neither adds nor writes has no doings.

    `passed` is what passed between him and the company by its other channels, scans of live codes included.
    """

    number: int
    who: Someone
    firm: Firm
    unionid: str
    external_userid: str
    user_id: str = ""
    remark: str = ""
    sent: list[Sent] = field(default_factory=list)
    doings: list[Doing] = field(default_factory=list)
    passed: list[Passage] = field(default_factory=list)


class Writer:
    """Writes lives of a plan, each by itself."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.calendar = Calendar(plan)
        self.campaigns, self.moments = Campaigns(self.calendar), moments_of(self.calendar)
        self.masses = masses_of(plan, self.calendar)
        self.firms = max(3, plan.contacts // 5)

    def life(self, number: int) -> Life:
        """Return the life of a contact of the plan, by his number from 0."""
        dice = self.plan.dice("contact", number)
        of = firm(self.plan, int(self.firms * dice.random() ** 1.6))
        name = self.plan.name("contact", number)
        life = Life(number, someone(self.plan, number, of, dice), of, f"o{name[:27]}", f"wm{name[:30]}")
        sort = dice.draw(_SORTS)
        day = self.calendar.first_day(dice)
        pen = _Pen(self, life, dice, anonymous_id=self.plan.uuid("browser", number))
        pen.visits(day - timedelta(days=dice.below(18)), day, dice.choice((0, 0, 1, 1, 2, 3)))
        if sort in ("friend", "both"):
            pen.befriend(day)
        if sort == "asker" or (life.doings and dice.random() < 0.55):
            pen.ask(day + timedelta(days=dice.choice((0, 0, 1, 2, 5))))
        if sort in ("user", "both"):
            pen.register(day + timedelta(days=dice.choice((0, 0, 1, 2, 3, 6, 10))))
        pen.reach(self, self.plan.dice("outreach", number))
        pen.finish()
        return life

    def strangers(self, number: int) -> list[Sent]:
        """Return the visits of somebody who comes with the contact of this number and whom nobody gets to know; often of nobody."""
        dice = self.plan.dice("stranger", number)
        nobody = Life(number, _NOBODY, _NOWHERE, "", "")
        day = self.calendar.first_day(dice)
        pen = _Pen(self, nobody, dice, anonymous_id=self.plan.uuid("stranger", number))
        pen.visits(day, day + timedelta(days=9), dice.choice((0, 0, 0, 1, 1, 2)))
        pen.finish()
        return nobody.sent


_NOBODY = Someone("", "", 0, "", "", "")
_NOWHERE = Firm(0, "", "", "", "", "studio", 0, "")
_WHEN = attrgetter("at")
_NEVER = datetime.max.replace(tzinfo=UTC)


class _Pen:
    """Writes into one life. What lies after the plan's end is not written."""

    def __init__(self, writer: Writer, life: Life, dice: Dice, *, anonymous_id: str) -> None:
        self.plan, self.calendar, self.life, self.dice = writer.plan, writer.calendar, life, dice
        self.anonymous_id = anonymous_id
        self.sessions = 0

    def finish(self) -> None:
        """Put all in order and number the events."""
        life, until = self.life, self.plan.until
        life.sent = sorted([one for one in life.sent if one.at < until], key=_WHEN)
        life.doings = sorted([one for one in life.doings if one.at < until], key=_WHEN)
        life.passed = sorted([one for one in life.passed if one.at < until], key=_WHEN)
        if not any(one.event["type"] == "identify" for one in life.sent):
            # Who registers after the plan's end is not known by it.
            life.user_id, life.sent = "", [one for one in life.sent if "user_id" not in one.event]
        name = self.plan.name("events", self.anonymous_id)[:20]
        for number, one in enumerate(life.sent):
            one.event["message_id"] = f"{name}-{number}"

    def visits(self, first: Any, last: Any, count: int) -> None:
        """Let him read on the site, on days from `first` to `last`."""
        for number in range(count):
            day = first + timedelta(days=self.dice.below((last - first).days + 1))
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
        for number in range(self.dice.choice((1, 1, 2, 2, 3, 4))):
            at = self.calendar.moment(self.dice, self.calendar.working_day(self.dice, day, 4), working=True)
            # Nobody asks before he has added somebody to ask; a minute later is usual.
            at = max(
                at,
                min((one.at for one in self.life.doings), default=at) + timedelta(seconds=self.dice.between(40, 400)),
            )
            for his, text in conversation(self.dice, self.life.firm, again=number > 0):
                self._do(Doing(at, "say" if his else "answer", userid, text=text))
                at += timedelta(seconds=self.dice.between(6, 50) if his else self.dice.between(15, 400))
            day += timedelta(days=self.dice.between(6, 50))

    def register(self, day: Any) -> None:
        """Let him register at the product, and use it for as long as it is worth something to him."""
        at = self.calendar.moment(self.dice, day, working=True)
        added = next((one for one in self.life.doings if one.code == codes.REGISTRATION), None)
        if added:
            # That page shows the code.
            at = added.at - timedelta(seconds=self.dice.between(400, 1500))
            day = at.astimezone(CHINA).date()
        self._visit(at, site.way(self.dice), form="试用注册")
        at += timedelta(seconds=self.dice.between(40, 240))
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
        account = {"name": of.name, "industry": of.kind, "seats": of.seats, "plan": of.plan, "city": of.city}
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

    def reach(self, writer: Writer, dice: Dice) -> None:
        """Let the company reach him, once it knows him; the dice are others, so that what he did of himself stays as it is."""
        self.dice, life = dice, self.life
        registered = next((one.at for one in life.sent if one.event["type"] == "identify"), None)
        # A second later: the platform tells whole ones.
        met = min((one.at for one in life.doings), default=registered)
        if met is None:
            return
        added = next((one for one in life.doings if one.do == "add"), None)
        friend_of = added.userid if added else ""
        person = Person(met + timedelta(seconds=1), registered, friend_of)
        outreach = Outreach(person, dice, self.calendar, writer.campaigns, self._click)
        outreach.write()
        life.passed = outreach.passed
        if added and added.code and added.at < self.plan.until:
            life.passed += scanned(self.plan, self.calendar, life.number, added.code, added.userid, added.at)
        if friend_of:
            self._reach_friend(writer, person)
        if registered and friend_of:
            life.passed += converted(self._clicks(), registered, met)
        if registered:
            since = max(registered, person.known)
            life.passed += leads(self.plan.dice("lead", life.number), self.calendar, since)
        if life.doings:
            # The platform tells whole seconds, and his first is over.
            since = person.known.replace(microsecond=0) + timedelta(seconds=1)
            life.passed += following(self.plan.dice("following", life.number), self.calendar, since)

    def _reach_friend(self, writer: Writer, person: Person) -> None:
        life, userid = self.life, person.friend_of
        gone = next((one.at for one in life.doings if one.do == "leave"), None)
        said = {one.do: one.at for one in life.passed if one.do in ("agree", "withdraw")}
        group = group_of(life.number, life.firm.kind)
        life.passed += grouped(self.plan.dice("group", life.number), self.calendar, group, person.known, gone)
        life.passed += liked(self.plan.dice("moments", life.number), writer.moments, userid, person.known, gone)
        life.passed += chatted(self.plan.dice("chats", life.number), self.calendar, userid, person.known, gone)
        code = next((one.code for one in life.doings if one.do == "add"), "")
        spans = (person.known, gone or _NEVER, said.get("agree", _NEVER), said.get("withdraw", _NEVER))
        friend = Friendship(userid, code, *spans)
        life.passed += written_to(self.plan.dice("masses", life.number), writer.masses, friend)

    def _clicks(self) -> dict[str, datetime]:
        """Return when he came first by an advertisement of each platform."""
        came: dict[str, datetime] = {}
        for one in self.life.sent:
            if one.click:
                name = one.event["url"].rpartition("&")[2].partition("=")[0]
                came[name] = min(one.at, came.get(name, one.at))
        return came

    def _click(self, at: datetime) -> None:
        self._visit(at, site.NEWSLETTER)

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
        click = site.click_id(came, self.plan.name("click", session)) if came else ""
        whose = {"anonymous_id": self.anonymous_id, **known, "session_id": session}
        for step, (path, title) in enumerate(site.walk(self.dice, self.dice.choice((1, 2, 2, 3, 4, 6)))):
            seconds = site.reading_seconds(self.dice, path)
            here = {**whose, "title": title, "url": site.address(path, came if step == 0 else None, click)}
            led = {"referrer": referrer} if referrer else {}
            self._send(at, "site", {"type": "page", **here, **led}, click)
            leaving = {"seconds": seconds, "depth": self.dice.choice((30, 45, 60, 80, 100, 100))}
            extra = self._extra(form if step == 0 else "")
            if extra:
                self._send(
                    at + timedelta(milliseconds=700 * seconds), "site", {"type": "track", **here, **extra}, click
                )
            at += timedelta(seconds=seconds)
            self._send(at, "site", {"type": "track", **here, "event": "$leave", "properties": leaving}, click)
            click = ""
            at += timedelta(milliseconds=self.dice.below(3000))
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
        for feature in site.features(self.dice):
            told = {"event": feature, "properties": site.feature_properties(self.dice, feature)}
            self._send(at, "cloud", {**common, "session_id": session, **told})
            at += timedelta(seconds=self.dice.between(20, 900))

    def _send(self, at: datetime, place: Place, event: dict[str, Any], click: str = "") -> None:
        # Thousandths of a second are what the wire tells.
        event["timestamp"] = f"{at.isoformat(timespec='milliseconds')[:-6]}Z"
        self.life.sent.append(Sent(at, place, event, click))

    def _do(self, doing: Doing) -> None:
        self.life.doings.append(doing)
