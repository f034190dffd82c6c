"""The life of the demo company: always the same for the same plan, and such as people live."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import asdict, replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cove.launch.demo.life import words
from cove.launch.demo.life.calendar import Calendar, business
from cove.launch.demo.life.lives import Writer
from cove.launch.demo.life.plan import CHINA, Plan

PLAN = Plan(contacts=400, months=14, seed=7, until=datetime(2026, 11, 22, 2, tzinfo=UTC))


def written(plan, numbers):
    writer = Writer(plan)
    told = [[asdict(writer.life(number)), [asdict(one) for one in writer.strangers(number)]] for number in numbers]
    return json.dumps(told, ensure_ascii=False, default=str, sort_keys=True).encode()


@pytest.fixture(scope="module")
def lives():
    writer = Writer(PLAN)
    return [writer.life(number) for number in range(PLAN.contacts)]


@settings(max_examples=25, deadline=None)
@given(
    seed=st.integers(0, 2**31),
    months=st.integers(1, 36),
    numbers=st.lists(st.integers(0, 399), min_size=1, max_size=4, unique=True),
)
def test_the_same_plan_is_the_same_life_byte_for_byte_in_whatever_order(seed, months, numbers):
    plan = replace(PLAN, seed=seed, months=months)
    backwards = {number: written(plan, [number]) for number in reversed(numbers)}
    assert written(plan, numbers) == written(plan, numbers)
    for number in numbers:
        assert written(plan, [number]) == backwards[number]


def test_another_seed_is_another_life():
    assert written(PLAN, range(3)) != written(replace(PLAN, seed=8), range(3))


def test_a_namespace_changes_names_and_nothing_else():
    def anonymous(plan):
        text = written(plan, range(30)).decode()
        return re.sub(r"[0-9a-f]{6,}(-[0-9a-f]+)*", "#", text)

    assert anonymous(PLAN) == anonymous(replace(PLAN, namespace="again"))


def test_all_lies_within_the_plan_and_in_order(lives):
    first = PLAN.until - timedelta(days=PLAN.months * 30.44 + 20)
    for life in lives:
        for times in ([one.at for one in life.sent], [one.at for one in life.doings]):
            assert times == sorted(times)
            assert all(first <= at < PLAN.until for at in times)


def test_nobody_shares_what_must_be_his_alone(lives):
    for name in ("external_userid", "unionid"):
        assert len({getattr(life, name) for life in lives}) == len(lives)
    for name in ("phone", "email"):
        assert len({getattr(life.who, name) for life in lives}) == len(lives)
    ids = [one.event["message_id"] for life in lives for one in life.sent]
    assert len(set(ids)) == len(ids)


def test_everybody_adds_before_he_asks_or_leaves(lives):
    for life in lives:
        doings = [one.do for one in life.doings]
        if "add" in doings:
            assert doings[0] == "add"
            assert doings.count("leave") <= 1


def test_a_page_of_conversations_repeats_hardly_anything(lives):
    said = [one.text for life in lives for one in life.doings if one.do == "say" and len(one.text) > 12]
    assert len(said) > 200
    assert not any("{" in text for text in said)
    repeated = sum(count - 1 for count in Counter(said).values())
    assert repeated < len(said) * 0.3
    for start in range(0, len(said) - 20, 20):
        assert max(Counter(said[start : start + 20]).values()) <= 3


def test_what_is_answered_fits_what_was_asked():
    for topic, questions in words.QUESTIONS.items():
        for _, fitting in questions:
            assert fitting
            assert all(int(number) < len(words.ANSWERS[topic]) for number in fitting)
    pieces = [*words.GREETINGS, *words.THANKS, *words.CLOSINGS]
    pieces += [text for answers in words.ANSWERS.values() for text in answers]
    pieces += [text for questions in words.QUESTIONS.values() for text, _ in questions]
    slots = {slot for text in pieces for slot in re.findall(r"\{(\w+)\}", text)}
    assert slots <= {*words.SLOTS, "city", "firm"}


def test_the_year_has_its_seasons():
    assert business(date(2026, 2, 17)) < 0.1  # Spring Festival
    assert business(date(2026, 2, 10)) < business(date(2026, 3, 10)) / 2  # the week before it
    assert business(date(2026, 11, 21)) < business(date(2026, 11, 20)) / 2  # a Saturday
    calendar = Calendar(PLAN)
    dice = PLAN.dice("test")
    days = Counter(calendar.first_day(dice) for _ in range(20_000))
    half = len(calendar.days) // 2
    assert sum(days[day] for day in calendar.days[half:]) > 1.1 * sum(days[day] for day in calendar.days[:half])
    hours = Counter(calendar.moment(dice, date(2026, 11, 20), working=True).hour for _ in range(5_000))
    assert sum(hours[hour] for hour in range(8, 19)) > 4_000


def test_work_is_done_on_working_days(lives):
    added = Counter(one.at.astimezone(CHINA).weekday() for life in lives for one in life.doings if one.do == "add")
    assert sum(added[day] for day in range(5)) > 5 * (added[5] + added[6]) / 2


def test_the_product_is_used_on_working_days(lives):
    used = Counter(one.at.astimezone(CHINA).weekday() for life in lives for one in life.sent if one.place == "cloud")
    assert sum(used[day] for day in range(5)) > 3 * (used[5] + used[6])


def test_people_come_by_many_ways_and_some_leave(lives):
    kinds = Counter(one.do for life in lives for one in life.doings)
    assert kinds["add"] > kinds["leave"] > 0
    assert sum(bool(life.user_id) for life in lives) > 100
    addresses = [one.event["url"] for life in lives for one in life.sent if "url" in one.event]
    sources = {address.partition("utm_source=")[2].partition("&")[0] for address in addresses}
    assert {"baidu", "xiaohongshu", "douyin", "zhihu", "wechat"} <= sources
    codes = {one.code for life in lives for one in life.doings if one.do == "add"}
    assert len(codes) == 6
