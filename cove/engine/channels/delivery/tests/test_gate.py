"""The gate: who gets what when, decided for all acts of a claim at once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cove.directory.people import facade as people
from cove.directory.people.commands.merging import merge_contacts
from cove.directory.people.contracts import Identity
from cove.directory.privacy import facade as privacy
from cove.engine.channels.delivery.commands import outbox
from cove.engine.channels.delivery.commands.rules import Chosen, change_rules, pause_marketing
from cove.engine.channels.delivery.contracts import (
    Again,
    Kind,
    Purse,
    Quota,
    Sent,
    State,
    Taken,
    Verdict,
    kinds,
    purses,
)
from cove.engine.channels.delivery.facade import deliver
from cove.engine.channels.delivery.judging import hold
from cove.engine.channels.delivery.models import Delivery, QuotaUse, Touch
from cove.engine.channels.delivery.queries.rules import over_caps, quota_states, window
from cove.kernel import clock
from cove.kernel.errors import InvalidInput
from cove.kernel.words import Words

WORDS = Words("测试", "Test")
NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
NIGHT = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
MORNING = datetime(2026, 3, 3, 0, 0, tzinfo=UTC)
A_DAY = Quota("test.a_day", WORDS, most=2, per="day")
A_MINUTE_EACH = Quota("test.each", WORDS, most=1, per="minute", of=lambda said: said.get("sender", ""), then="refuse")


async def _send(_order, _http):
    return Sent()


@pytest.fixture(autouse=True)
def test_kinds(monkeypatch):
    for kind in (
        Kind(
            "test.sms",
            WORDS,
            Again.UNSAFE,
            _send,
            purpose="marketing",
            channel="sms",
            tariff="test",
            cost=lambda said: said.get("cost", 0),
        ),
        Kind("test.mail", WORDS, Again.UNSAFE, _send, purpose="marketing", channel="email"),
        Kind("test.service", WORDS, Again.UNSAFE, _send, channel="sms"),
        Kind("test.limited", WORDS, Again.UNSAFE, _send, quotas=(A_DAY,)),
        Kind("test.each", WORDS, Again.UNSAFE, _send, quotas=(A_MINUTE_EACH,)),
    ):
        monkeypatch.setitem(kinds._entries, kind.name, kind)


@pytest.fixture
def at(monkeypatch):
    def move(moment):
        monkeypatch.setattr(clock, "now", lambda: moment)

    move(NOON)
    return move


@pytest.fixture
def person(actor):
    def make(name):
        card, _ = people.admit_contact(actor, identity=Identity("user", name), source="web")
        privacy.keep_choices(actor, contact_id=card.id, source="form", purposes={"marketing": True}, channels={})
        return card.id

    return make


def rules(actor, **more):
    chosen = {"quiet_from": "", "quiet_until": "", "quiet_then": "wait"}
    caps = {"most_a_day": None, "most_a_week": None, "most_a_month": None}
    change_rules(actor, chosen=Chosen(**(chosen | caps | more)))


def claim(actor, number=1):
    return outbox.claim_due(actor, claim=number, limit=5_000)


def settle(actor, orders, state=State.SENT):
    for order in orders:
        verdict = hold(order) if order.held else Verdict(state, reason="" if state is State.SENT else "refused")
        assert outbox.settle(actor, order=order, verdict=verdict)


def test_marketing_waits_for_the_morning_of_the_company(actor, at, person):
    rules(actor, quiet_from="22:00", quiet_until="08:00")
    contact_id = person("a")
    at(NIGHT)
    deliver(actor, "test.sms", "waits", {"contact_id": contact_id})
    deliver(actor, "test.sms", "too late then", {"contact_id": contact_id}, not_after=NIGHT + timedelta(hours=1))
    deliver(actor, "test.service", "service", {"contact_id": contact_id})
    deliver(actor, "test.sms", "called service", {"contact_id": contact_id}, purpose="service")
    found = {order.key: order.held for order in claim(actor)}
    assert found == {"too late then": "quiet_hours", "service": "", "called service": ""}
    waiting = Delivery.objects.get(key="waits")
    assert (waiting.state, waiting.reason, waiting.not_before, waiting.attempts) == (
        "pending",
        "quiet_hours",
        MORNING,
        0,
    )
    at(MORNING)
    assert [(order.key, order.held) for order in claim(actor)] == [("waits", "")]


def test_marketing_at_night_is_refused_where_the_company_says_so(actor, at, person):
    rules(actor, quiet_from="22:00", quiet_until="08:00", quiet_then="refuse")
    at(NIGHT)
    deliver(actor, "test.sms", "a", {"contact_id": person("a")})
    orders = claim(actor)
    settle(actor, orders)
    row = Delivery.objects.get(key="a")
    assert (row.state, row.reason, Touch.objects.count()) == ("refused", "quiet_hours", 0)


def test_new_rules_wake_what_waited_for_the_old(actor, at, person):
    rules(actor, quiet_from="22:00", quiet_until="08:00")
    at(NIGHT)
    deliver(actor, "test.sms", "a", {"contact_id": person("a")})
    assert claim(actor) == []
    rules(actor)
    assert [order.key for order in claim(actor)] == ["a"]


def test_a_cap_counts_over_all_channels_and_forgets_what_did_not_go_out(actor, at, person):
    rules(actor, most_a_day=2)
    contact_id = person("a")
    for key, kind in (("1", "test.sms"), ("2", "test.mail"), ("3", "test.sms")):
        deliver(actor, kind, key, {"contact_id": contact_id})
    deliver(actor, "test.service", "service", {"contact_id": contact_id})
    orders = claim(actor)
    assert {order.key: order.held for order in orders} == {"1": "", "2": "", "3": "over_cap", "service": ""}
    settle(actor, [order for order in orders if order.key in ("2", "3", "service")])
    settle(actor, [order for order in orders if order.key == "1"], State.REFUSED)
    assert over_caps(actor, [contact_id]) == set()
    deliver(actor, "test.sms", "4", {"contact_id": contact_id})
    deliver(actor, "test.sms", "5", {"contact_id": contact_id})
    assert {order.key: order.held for order in claim(actor)} == {"4": "", "5": "over_cap"}
    assert over_caps(actor, [contact_id]) == {contact_id}
    at(NOON + timedelta(hours=25))
    assert over_caps(actor, [contact_id]) == set()


def test_a_person_who_was_merged_is_one_person_to_the_caps(actor, administrator, at, person):
    rules(actor, most_a_week=1)
    stays, goes = person("stays"), person("goes")
    deliver(actor, "test.sms", "1", {"contact_id": goes})
    settle(actor, claim(actor))
    merge_contacts(actor, contact_id=stays, merged_id=goes)
    deliver(actor, "test.mail", "2", {"contact_id": stays})
    assert [order.held for order in claim(actor)] == ["over_cap"]


def test_a_second_try_is_one_message(actor, at, person):
    rules(actor, most_a_day=1)
    deliver(actor, "test.sms", "1", {"contact_id": person("a")})
    (order,) = claim(actor)
    outbox.settle(actor, order=order, verdict=Verdict(State.PENDING, reason="busy", not_before=NOON))
    assert [(again.key, again.held) for again in claim(actor)] == [("1", "")]
    assert Touch.objects.count() == 1


def test_of_several_people_those_are_left_out_who_may_not_be_reached(actor, at, person):
    rules(actor, most_a_day=1)
    fresh, tired, gone = person("fresh"), person("tired"), person("gone")
    privacy.keep_choices(actor, contact_id=gone, source="form", purposes={}, channels={"email": False})
    deliver(actor, "test.sms", "first", {"contact_id": tired})
    settle(actor, claim(actor))
    deliver(actor, "test.mail", "many", {"contact_ids": [fresh, tired, gone]})
    (order,) = claim(actor)
    assert (order.held, order.left_out) == ("", {tired: "over_cap", gone: "unsubscribed"})
    assert set(Touch.objects.filter(delivery_id=order.id).values_list("contact_id", flat=True)) == {fresh}
    deliver(actor, "test.mail", "nobody left", {"contact_ids": [tired, gone]})
    (order,) = claim(actor)
    assert order.held in {"over_cap", "unsubscribed"}


def test_a_platforms_quota_makes_the_rest_wait_for_its_next_day(actor, at):
    for number in range(4):
        deliver(actor, "test.limited", str(number), {})
    orders = claim(actor)
    assert [order.key for order in orders] == ["0", "1"]
    assert set(Delivery.objects.filter(state="pending").values_list("reason", "not_before")) == {
        ("quota_used", datetime(2026, 3, 2, 16, 0, tzinfo=UTC))
    }
    settle(actor, orders[:1])
    settle(actor, orders[1:], State.FAILED)
    (state,) = [one for one in quota_states(actor) if one.quota is A_DAY]
    assert (state.used, state.until) == (1, datetime(2026, 3, 2, 16, 0, tzinfo=UTC))
    at(datetime(2026, 3, 2, 16, 0, tzinfo=UTC))
    assert [order.key for order in claim(actor)] == ["2", "3"]


def test_a_quota_for_each_sender_names_none_of_them(actor, at):
    for key, sender in (("1", "zhang"), ("2", "zhang"), ("3", "li")):
        deliver(actor, "test.each", key, {"sender": sender})
    assert {order.key: order.held for order in claim(actor)} == {"1": "", "2": "quota_used", "3": ""}
    subjects = set(QuotaUse.objects.values_list("subject", flat=True))
    assert len(subjects) == 2
    assert not subjects & {"zhang", "li"}


def test_what_a_dead_process_left_gives_its_quota_back(actor, at):
    deliver(actor, "test.limited", "a", {})
    claim(actor)
    Delivery.objects.update(not_after=NOON + timedelta(hours=1))
    outbox.take_back(actor, ids=[Delivery.objects.get().id])
    assert (Delivery.objects.get().state, QuotaUse.objects.get().used) == ("unknown", 1)


def test_credits_are_asked_for_once_and_given_back(actor, at, person, monkeypatch):
    purse = {"left": 5}

    def take(_actor, charges):
        paid, short = {}, {}
        for number, tariff, cost, _ in charges:
            assert tariff == "test"
            if cost > purse["left"]:
                short[number] = "no_credits"
            else:
                purse["left"] -= cost
                paid[number] = cost
        return Taken(paid, short)

    def give_back(_actor, charges):
        purse["left"] += sum(one.credits for one in charges)

    monkeypatch.setattr(purses, "_entries", {"test": Purse(take, give_back)})
    contact_id = person("a")
    deliver(actor, "test.sms", "dear", {"contact_id": contact_id, "cost": 4})
    deliver(actor, "test.sms", "too dear", {"contact_id": contact_id, "cost": 3})
    orders = claim(actor)
    assert {order.key: order.held for order in orders} == {"dear": "", "too dear": "no_credits"}
    outbox.settle(actor, order=orders[0], verdict=Verdict(State.PENDING, reason="busy", not_before=NOON))
    (again,) = claim(actor)
    assert purse["left"] == 1
    settle(actor, [again], State.FAILED)
    assert purse["left"] == 5


def test_a_pause_holds_marketing_alone(actor, at, person):
    pause_marketing(actor, paused=True)
    contact_id = person("a")
    deliver(actor, "test.sms", "waits", {"contact_id": contact_id})
    deliver(actor, "test.sms", "over", {"contact_id": contact_id}, not_after=NOON)
    deliver(actor, "test.service", "service", {"contact_id": contact_id})
    assert {order.key for order in claim(actor)} == {"over", "service"}
    pause_marketing(actor, paused=False)
    assert [order.key for order in claim(actor)] == ["waits"]


def test_a_thousand_acts_ask_no_more_than_one(actor, at, person):
    rules(actor, most_a_day=3, most_a_month=9)
    contacts = [person(f"p{number}") for number in range(20)]

    def asked(prefix, count):
        for number in range(count):
            deliver(actor, "test.sms", f"{prefix}{number}", {"contact_id": contacts[number % 20]})
            deliver(actor, "test.limited", f"{prefix}l{number}", {})
        with CaptureQueriesContext(connection) as queries:
            claim(actor)
        return len(queries)

    assert asked("few", 2) + 1 >= asked("many", 500)


def test_windows_follow_the_calendar():
    at = datetime(2026, 3, 1, 17, 30, 12, tzinfo=UTC)  # Monday half past one in Shanghai
    zone = "Asia/Shanghai"
    assert window("minute", zone, at)[0] == datetime(2026, 3, 1, 17, 30, tzinfo=UTC)
    assert window("hour", zone, at)[0] == datetime(2026, 3, 1, 17, 0, tzinfo=UTC)
    day = datetime(2026, 3, 1, 16, 0, tzinfo=UTC)
    assert window("day", zone, at) == (day, day + timedelta(days=1))
    assert window("week", zone, at) == (day, day + timedelta(days=7))
    assert window("month", zone, at) == (datetime(2026, 2, 28, 16, tzinfo=UTC), datetime(2026, 3, 31, 16, tzinfo=UTC))


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"quiet_from": "22:00"}, "quiet_until"),
        ({"quiet_until": "08:00"}, "quiet_from"),
        ({"quiet_from": "08:00", "quiet_until": "08:00"}, "quiet_until"),
        ({"most_a_day": 5, "most_a_week": 3}, "most_a_week"),
        ({"most_a_day": 5, "most_a_month": 4}, "most_a_month"),
    ],
)
def test_rules_that_make_no_sense_are_refused_by_field(actor, wrong, field):
    with pytest.raises(InvalidInput) as refusal:
        rules(actor, **wrong)
    assert set(refusal.value.fields) == {field}
