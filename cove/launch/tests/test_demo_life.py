"""The life of the demo company: always the same for the same plan, and such as people live."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import asdict, replace
from datetime import UTC, date, datetime, timedelta
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cove.launch.demo.life import site, words
from cove.launch.demo.life.calendar import Calendar, business
from cove.launch.demo.life.campaigns import AUTUMN, AUTUMN_TEXT, MONTHLY
from cove.launch.demo.life.leads import OCEAN, OF_CLICK, OF_LEAD
from cove.launch.demo.life.lives import Writer
from cove.launch.demo.life.masses import HAD_THE_MOST, NO_CONSENT, NO_FRIEND, SENT, WAITING
from cove.launch.demo.life.outreach import SOFT, Do
from cove.launch.demo.life.plan import CHINA, Plan

PLAN = Plan(contacts=400, months=14, seed=7, until=datetime(2026, 11, 22, 2, tzinfo=UTC))


def written(plan, numbers):
    writer = Writer(plan)
    told = [[asdict(writer.life(number)), [one._asdict() for one in writer.strangers(number)]] for number in numbers]
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
        for times in ([one.at for one in told] for told in (life.sent, life.doings, life.passed)):
            assert times == sorted(times)
            assert all(first <= at < PLAN.until for at in times)


def test_who_registers_only_after_the_plans_end_has_no_number_as_a_user():
    for days in range(8):
        writer = Writer(replace(PLAN, until=PLAN.until - timedelta(days=days, hours=9)))
        for life in (writer.life(number) for number in range(120)):
            registered = any(one.event["type"] == "identify" for one in life.sent)
            assert registered == bool(life.user_id)
            assert registered or not any("user_id" in one.event for one in life.sent)
            assert not life.passed or life.user_id or life.doings


def test_nobody_shares_what_must_be_his_alone(lives):
    for name in ("external_userid", "unionid"):
        assert len({getattr(life, name) for life in lives}) == len(lives)
    for name in ("phone", "email"):
        assert len({getattr(life.who, name) for life in lives}) == len(lives)
    ids = [one.event["message_id"] for life in lives for one in life.sent]
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize("hours", [0, 48, 72, 216])
def test_whoever_has_a_past_is_known_by_the_name_under_which_he_is_looked_for(hours):
    plan = replace(PLAN, contacts=100, until=PLAN.until - timedelta(hours=hours))
    writer = Writer(plan)
    unknown = 0
    for life in map(writer.life, range(plan.contacts)):
        registered = any(one.event["type"] == "identify" for one in life.sent)
        assert registered == bool(life.user_id)
        assert not life.passed or registered or life.doings
        unknown += not life.passed
    assert unknown > 0


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
    assert set(words.FOLLOW_UPS) == set(words.QUESTIONS) == set(words.ANSWERS)
    pieces = [*words.GREETINGS, *words.AGAIN, *words.THANKS, *words.CLOSINGS]
    pieces += [text for pairs in words.FOLLOW_UPS.values() for pair in pairs for text in pair]
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
    hours = Counter(
        calendar.moment(dice, date(2026, 11, 20), working=True).astimezone(CHINA).hour for _ in range(5_000)
    )
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


def test_a_believable_share_agrees_and_only_they_are_sent_what_advertises(lives):
    agreed = [life for life in lives if any(one.do == "agree" for one in life.passed)]
    assert 0.4 < len(agreed) / len(lives) < 0.8
    for life in lives:
        since = next((one.at for one in life.passed if one.do == "agree"), PLAN.until)
        until = [
            one.at for one in life.passed if one.do in ("withdraw", "mail_left", "mail_bounced") and one.text != SOFT
        ]
        for one in life.passed:
            if one.do in ("mail", "text") and one.about in (MONTHLY, AUTUMN, AUTUMN_TEXT):
                assert since < one.at < min([*until, PLAN.until])


def test_what_is_heard_of_a_message_comes_after_it(lives):
    heard = Counter()
    for life in lives:
        sent = {one.name: one.at for one in life.passed if one.do in ("mail", "text")}
        for one in life.passed:
            heard[one.do] += 1
            if one.do.startswith(("mail_", "text_")):
                assert sent[one.name] <= one.at
    assert set(heard) >= set(get_args(Do)) - {"mail_complained"}
    assert heard["mail"] > 2 * heard["mail_opened"] > 4 * heard["mail_clicked"] > 20 * heard["mail_left"] > 0
    assert heard["text"] > heard["text_arrived"] > 10 * heard["text_failed"] > 0


def test_whoever_came_by_a_code_has_opened_it_and_others_only_looked(lives):
    looked = came = 0
    for life in lives:
        added = next((one for one in life.doings if one.do == "add" and one.code), None)
        opened = [one for one in life.passed if one.do == "open_code"]
        assert len(opened) == (added is not None)
        if added:
            came += 1
            assert (opened[0].about, opened[0].text) == (added.code, added.userid)
            assert 0 < (added.at - opened[0].at).total_seconds() <= 180
        looked += sum(one.do == "glance" for one in life.passed)
    assert 0.6 < looked / came < 2


def test_mass_messages_go_to_friends_who_agreed(lives):
    outcomes = Counter()
    for life in lives:
        friend = {one.do: one for one in life.doings if one.do in ("add", "leave")}
        said = {one.do: one.at for one in life.passed if one.do in ("agree", "withdraw")}
        for one in life.passed:
            if one.do == "mass":
                outcomes[one.text] += 1
                assert one.name == friend["add"].userid
                assert friend["add"].at < one.at
                assert one.text in (NO_CONSENT, NO_FRIEND) or said["agree"] < one.at
                assert one.text != SENT or "leave" not in friend or one.at <= friend["leave"].at
    assert min(outcomes[SENT], outcomes[NO_CONSENT]) > outcomes[WAITING] > outcomes[HAD_THE_MOST] > 0


def test_platforms_hear_of_clicks_that_were_his_before_he_became_a_friend(lives):
    told = {one.name for life in lives for one in life.passed if one.do == "convert"}
    assert told == {OF_CLICK, OF_LEAD}
    for life in lives:
        for one in life.passed:
            if one.do == "convert" and one.name == OF_CLICK:
                registered = next(sent.at for sent in life.sent if sent.event["type"] == "identify")
                clicked = min(sent.at for sent in life.sent if sent.click)
                assert max(registered, clicked) < one.at
            elif one.do == "convert":
                lead = next(other for other in life.passed if other.do == "lead")
                assert lead.about == one.about == OCEAN
                assert lead.at < one.at


def test_clicks_are_each_their_own_and_stand_in_their_address(lives):
    landed = {one.click: one.event["url"] for life in lives for one in life.sent if one.click}
    assert {address.rpartition("&")[2].partition("=")[0] for address in landed.values()} == set(site.CLICKS)
    assert all(address.endswith(f"={click}") for click, address in landed.items())
    visits = {one.event["session_id"] for life in lives for one in life.sent if one.click}
    assert len(visits) == len(landed) > 50


def test_whoever_leaves_the_official_account_has_followed_it(lives):
    followed = 0
    for life in lives:
        told = [one for one in life.passed if one.do in ("follow", "menu", "write", "scan", "unfollow")]
        if told:
            followed += 1
            assert [one.do for one in told].index("follow") == 0
            assert life.doings[0].at < told[0].at
            assert "unfollow" not in [one.do for one in told[:-1]]
    assert 0.15 < followed / len(lives) < 0.5
