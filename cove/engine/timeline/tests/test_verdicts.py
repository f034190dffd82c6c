"""Verdicts: what turned out later decides, and the facts stay as they are."""

from datetime import UTC, datetime, timedelta

import pytest

from cove.directory.org.queries.actors import actor_of_member
from cove.directory.people import facade as people
from cove.directory.people.contracts import Identity
from cove.engine.timeline.captions.render import tell
from cove.engine.timeline.commands.verdicts import VERDICTS
from cove.engine.timeline.commands.watching import watch_contact
from cove.engine.timeline.contracts import Verdict, Wanted
from cove.engine.timeline.facade import clean_facts, keep_verdicts
from cove.engine.timeline.models import Watch
from cove.engine.timeline.queries.page import one_fact, timeline
from cove.facts.tracking import PageViewed
from cove.kernel.clickhouse.client import client, rows
from cove.kernel.ids import person_id
from cove.kernel.log.consume import drain
from cove.kernel.log.publish import append_facts, pending
from cove.kernel.personal_data import Person

START = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
CLEAN, DIRTY = 11, 12


def view(visitor, *, suspicion=0, minute=1):
    fact = PageViewed(
        visitor_id=visitor, message_id=f"{visitor}-{minute}", url="https://a.cn/", title="t", suspicion=suspicion
    )
    append_facts([pending(fact, at=START + timedelta(minutes=minute), chain=())])


def clean(actor):
    sql = f"SELECT visitor_id FROM timeline_fact AS f WHERE tenant_id = {{tenant:UInt64}} AND {clean_facts('f')} ORDER BY at"
    return [row["visitor_id"] for row in rows(actor.tenant_id, sql)]


# A day's ten minutes, over a month, of visitors who are nobody here.
VERY_MANY = """
INSERT INTO timeline_verdict SELECT {tenant}, bitOr(bitShiftLeft(toUInt64(1), 63), bitShiftRight(sipHash64(number), 1)),
  toDateTime('2026-03-01 00:00:00', 'UTC') + toIntervalSecond(600 * (number % 4000)), 90, ['crawler'], 0, true, 1
FROM numbers(100000)
"""
THEIRS = """
SELECT score FROM timeline_verdict FINAL
WHERE tenant_id = {tenant:UInt64} AND stands AND person_id IN {people:Array(UInt64)}
"""


def verdict(visitor, score, **more):
    return Verdict(person_id(visitor=visitor), START, score, **more)


@pytest.fixture
def two_visitors(actor):
    view(CLEAN)
    view(DIRTY, suspicion=80, minute=2)
    view(CLEAN, minute=11)
    drain()


def test_the_fact_says_it_where_nothing_turned_out_later(actor, two_visitors):
    assert clean(actor) == [CLEAN, CLEAN]


def test_a_verdict_is_about_its_ten_minutes_only(actor, two_visitors):
    keep_verdicts(actor.tenant_id, [verdict(CLEAN, 65, reasons=("many_identities",))])
    assert clean(actor) == [CLEAN]


def test_a_later_verdict_wins_and_one_taken_back_leaves_what_the_fact_said(actor, two_visitors):
    keep_verdicts(actor.tenant_id, [verdict(CLEAN, 65)])
    keep_verdicts(actor.tenant_id, [verdict(CLEAN, 0, mark=3), verdict(DIRTY, 0, mark=3)])
    assert clean(actor) == [CLEAN, DIRTY, CLEAN]
    keep_verdicts(actor.tenant_id, [verdict(CLEAN, 0, stands=False), verdict(DIRTY, 0, stands=False)])
    assert clean(actor) == [CLEAN, CLEAN]


def test_the_same_token_writes_nothing_again(actor, two_visitors):
    for score in (60, 0):
        keep_verdicts(actor.tenant_id, [verdict(CLEAN, score)], token=f"{actor.tenant_id}:once")
    assert clean(actor) == [CLEAN]


def test_verdicts_follow_the_facts_of_an_erased_person_to_the_nameless_visitor(actor, two_visitors):
    keep_verdicts(actor.tenant_id, [verdict(CLEAN, 65, reasons=("many_identities",))])
    him = Person(contact_id=1, visitors=(CLEAN,), statistic=99)
    assert VERDICTS.count(actor, him) == 1
    assert [row["reasons"] for row in VERDICTS.collect(actor, him)] == [["many_identities"]]
    VERDICTS.erase(actor, him)
    assert VERDICTS.count(actor, him) == 0
    assert VERDICTS.count(actor, Person(contact_id=1, visitors=(99,))) == 1


@pytest.fixture
def contact(actor):
    """Somebody who was the clean visitor before."""
    found, _ = people.admit_contact(actor, identity=Identity("user", "u-verdict"), source="server", at=START)
    people.join_visitor(actor, contact_id=found.id, visitor_id=CLEAN, how="identify")
    drain()
    return found


def seen(actor, contact, **wanted):
    page = timeline(actor, contact.id, Wanted(kinds=[PageViewed.kind], **wanted))
    return [(one.at.minute, one.suspicion, list(one.suspicion_reasons)) for one in page.items]


def test_a_timeline_marks_what_turned_out_later_and_leaves_it_out_when_asked(actor, two_visitors, contact):
    assert seen(actor, contact) == [(11, 0, []), (1, 0, [])]
    keep_verdicts(actor.tenant_id, [verdict(CLEAN, 65, reasons=("many_identities",))])
    assert seen(actor, contact) == [(11, 0, []), (1, 65, ["many_identities"])]
    assert seen(actor, contact, unsuspicious=True) == [(11, 0, [])]
    told = tell(actor, contact.id, timeline(actor, contact.id, Wanted(kinds=[PageViewed.kind])).items)
    assert [len(one.doubts) for one in told] == [0, 1]
    assert one_fact(actor, contact.id, told[1].happening.position).suspicion == 65
    keep_verdicts(actor.tenant_id, [verdict(CLEAN, 65, stands=False)])
    assert seen(actor, contact) == [(11, 0, []), (1, 0, [])]


def test_what_is_not_shipped_yet_shows_what_turned_out_later_too(actor, contact):
    view(CLEAN, minute=1)
    view(CLEAN, minute=11)
    keep_verdicts(actor.tenant_id, [verdict(CLEAN, 65, reasons=("many_identities",))])
    waiting = seen(actor, contact)
    assert waiting == [(11, 0, []), (1, 65, ["many_identities"])]
    assert seen(actor, contact, unsuspicious=True) == [(11, 0, [])]
    newest, oldest = timeline(actor, contact.id, Wanted(kinds=[PageViewed.kind])).items
    assert [one_fact(actor, contact.id, one.position).suspicion for one in (newest, oldest)] == [0, 65]
    drain()
    assert seen(actor, contact) == waiting


def test_a_timeline_takes_a_mark_away_that_a_member_took_back(actor, contact):
    view(CLEAN, suspicion=80)
    drain()
    assert seen(actor, contact, unsuspicious=True) == []
    keep_verdicts(actor.tenant_id, [verdict(CLEAN, 0, mark=3)])
    assert seen(actor, contact, unsuspicious=True) == seen(actor, contact) == [(1, 0, [])]


def test_whoever_looks_is_told_of_a_verdict(actor, administrator, two_visitors, contact):
    watch_contact(actor_of_member(administrator), contact_id=contact.id)
    keep_verdicts(actor.tenant_id, [verdict(DIRTY, 0)])
    assert Watch.objects.get().told_at is None
    keep_verdicts(actor.tenant_id, [verdict(CLEAN, 65)])
    assert Watch.objects.get().told_at is not None


def test_a_caption_says_by_which_way_a_visit_came_about(actor, contact):
    for minute, channel in enumerate(("paid_search", "internal", "direct", "of_tomorrow")):
        fact = PageViewed(visitor_id=CLEAN, message_id=channel, url="https://a.cn/", title="首页", channel=channel)
        append_facts([pending(fact, at=START + timedelta(minutes=minute), chain=())])
    found = timeline(actor, contact.id, Wanted(kinds=[PageViewed.kind])).items
    told = [(one.caption, one.way) for one in tell(actor, contact.id, found)]
    assert told[::-1] == [
        ("浏览页面「首页」（渠道：付费搜索）", "付费搜索"),
        *[("浏览页面「首页」", "")] * 3,
    ]


def test_a_persons_verdicts_are_found_without_reading_those_of_everybody(actor):
    client().command(VERY_MANY.format(tenant=actor.tenant_id))
    keep_verdicts(actor.tenant_id, [verdict(CLEAN, 65)])
    asked = {"tenant": actor.tenant_id, "people": [person_id(visitor=CLEAN)]}
    found = client().query(THEIRS, parameters=asked)
    assert found.result_rows == [(65,)]
    assert int(found.summary["read_rows"]) < 50_000
