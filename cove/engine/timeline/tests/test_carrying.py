"""Whole stretches of the log: the same rows as fact by fact, each once, also where a post fails or a fact cannot be read."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from cove.directory.people import facade as people
from cove.directory.people.contracts import Identity
from cove.engine.timeline.reactions import carrying
from cove.engine.timeline.reactions.shipping import take
from cove.facts.people import NoteWritten
from cove.facts.tracking import EventTracked, PageViewed
from cove.kernel.actor import Link
from cove.kernel.clickhouse.client import ClickHouseAway, rows
from cove.kernel.log.consume import pour
from cove.kernel.log.models import SetAside
from cove.kernel.log.publish import append_facts, pending
from cove.kernel.log.reactions import Unreachable, sinks
from cove.kernel.log.read import mark_of, plan_cursor, read_between
from cove.kernel.log.stretch import next_stretch

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
EVERYTHING = "SELECT * EXCEPT payload, payload FROM timeline_fact WHERE tenant_id = {tenant:UInt64} ORDER BY position"
TROUBLE = "\t行\n\\N \\ \" ' \x7f \u2028 𠮷 \\t"


@pytest.fixture
def caught_up(databases):
    """The consumer, with nothing left from before."""
    ship()
    return sinks["timeline"]


def ship():
    while pour(sinks["timeline"]):
        pass


def views(numbers):
    return [
        pending(
            PageViewed(visitor_id=1, message_id=f"m{number}", url="https://example.test/"),
            at=NOON + timedelta(minutes=number),
            chain=(),
        )
        for number in numbers
    ]


def stored(actor):
    found = rows(
        actor.tenant_id,
        "SELECT count() AS n, uniqExact(position) AS each FROM timeline_fact WHERE tenant_id = {tenant:UInt64}",
    )[0]
    return found["n"], found["each"]


def many_kinds(actor):
    chain = (Link(3, "a.b", "r1"), Link(4, "c.d", TROUBLE))
    properties = {"plan": TROUBLE, "seats": -12.5, "big": 10**15, "trial": True, "not": False, "none": None, "a": [1]}
    return [
        pending(NoteWritten(contact_id=7, member_id=2, text=TROUBLE), at=NOON, chain=chain),
        pending(
            PageViewed(
                visitor_id=2**63 - 1,
                message_id="m",
                source_id=9,
                session_id="s",
                url="https://example.test/?q=\\u4e2d",
                title=TROUBLE,
                utm_source="百度",
                channel="search",
                suspicion=70,
                suspicion_reasons=["agent", TROUBLE],
            ),
            at=NOON + timedelta(microseconds=123_456),
            chain=(),
        ),
        pending(
            EventTracked(visitor_id=5, message_id="e", event="买 \\", account="acme", properties=properties),
            at=datetime(1, 1, 1, tzinfo=UTC),
            chain=(),
        ),
        pending(EventTracked(visitor_id=5, message_id="f", event=""), at=datetime(9999, 12, 31, tzinfo=UTC), chain=()),
    ]


def test_a_stretch_gives_the_same_rows_as_fact_by_fact(actor, caught_up):
    append_facts(many_kinds(actor))
    stretch = next_stretch(mark_of("timeline"), limit=100, most_bytes=10**7)
    assert carrying.carry("carried", stretch) == len(many_kinds(actor))
    carried = rows(actor.tenant_id, EVERYTHING)
    take("one by one", read_between(stretch.after, stretch.to))

    both = rows(actor.tenant_id, EVERYTHING)

    told = [json.loads(row.pop("payload")) for row in both]
    assert both[0::2] == both[1::2] == [{name: row[name] for name in both[0]} for row in carried]
    assert told[0::2] == told[1::2]
    assert told[0]["text"] == TROUBLE


def test_columns_are_worked_out_from_the_payload(actor, caught_up):
    append_facts(many_kinds(actor))
    ship()
    note, view, event, _ = rows(actor.tenant_id, EVERYTHING)

    assert (note["person_id"], note["member_id"], note["cause_rule"], note["cause_position"]) == (7, 2, TROUBLE, 4)
    assert (view["person_id"], view["visitor_id"], view["source_id"]) == (2**64 - 1, 2**63 - 1, 9)
    assert (view["title"], view["utm_source"], view["suspicion"]) == (TROUBLE, "百度", 70)
    assert view["suspicion_reasons"] == ["agent", TROUBLE]
    assert event["texts"] == {"plan": TROUBLE}
    assert event["numbers"] == {"seats": -12.5, "big": 1e15}
    assert event["flags"] == {"trial": True, "not": False}
    assert event["at"] == datetime(1970, 1, 1, tzinfo=UTC)


def test_the_same_token_by_either_way_stores_once(actor, caught_up):
    """A process dies behind the insert, somebody is erased, and the batch comes again fact by fact."""
    append_facts(views(range(40)))
    stretch = next_stretch(mark_of("timeline"), limit=100, most_bytes=10**7)
    carrying.carry("t", stretch)
    carrying.carry("t", stretch)
    take("t", read_between(stretch.after, stretch.to))
    assert stored(actor) == (40, 40)


def test_a_fact_that_cannot_be_read_is_set_aside_and_its_neighbours_arrive(actor, caught_up):
    append_facts(views(range(9)))
    append_facts([pending(NoteWritten(contact_id=-5, text="nobody has this number"), at=NOON, chain=())])
    append_facts(views(range(20, 29)))
    ship()
    assert stored(actor) == (18, 18)
    assert [row.envelope["payload"]["contact_id"] for row in SetAside.objects.filter(consumer="timeline")] == [-5]


def test_what_was_fetched_ahead_arrives_once_also_when_a_post_fails(actor, caught_up, monkeypatch):
    small, failures, fetched = replace(caught_up, batch=50), [2, 5], []
    whole_insert, whole_next, whole_stretch = carrying.insert_text, carrying.copy_next, carrying.copy_stretch

    def insert_text(*arguments, **named):
        if failures and len(fetched) >= failures[0]:
            failures.pop(0)
            raise ClickHouseAway
        whole_insert(*arguments, **named)

    def copy_next(*arguments, **named):
        if found := whole_next(*arguments, **named):
            fetched.append(found.stretch)
        return found

    def copy_stretch(stretch, *arguments):
        fetched.append(stretch)
        return whole_stretch(stretch, *arguments)

    monkeypatch.setattr(carrying, "insert_text", insert_text)
    monkeypatch.setattr(carrying, "copy_next", copy_next)
    monkeypatch.setattr(carrying, "copy_stretch", copy_stretch)
    append_facts(views(range(410)))
    away = 0
    while True:
        try:
            if not pour(small):
                break
        except Unreachable:
            away += 1
    assert away == 2
    assert stored(actor) == (410, 410)
    # Nine batches, none of them fetched twice.
    assert len(fetched) == len(set(fetched)) == 9


def test_a_batch_that_a_dead_process_planned_is_shipped_as_it_was_planned(actor, caught_up):
    append_facts(views(range(30)))
    after = mark_of("timeline")
    planned = next_stretch(after, limit=20, most_bytes=10**7)
    plan_cursor("timeline", planned.to)
    assert carrying.carry(f"timeline:{planned}", planned) == 20

    assert pour(caught_up) == 20
    assert mark_of("timeline") == planned.to
    ship()
    assert stored(actor) == (30, 30)


def test_stretches_are_cut_where_facts_are_long(actor, caught_up):
    append_facts(
        [pending(NoteWritten(contact_id=1, text=f"{number}" * 900), at=NOON, chain=()) for number in range(64)]
    )
    after, sizes = mark_of("timeline"), []
    while stretch := next_stretch(after, limit=50, most_bytes=4_000):
        sizes.append(len(read_between(after, stretch.to)))
        after = stretch.to
    assert sum(sizes) == 64
    assert max(sizes) < 50


def test_joined_visitors_are_joined_by_the_stretch(actor, caught_up):
    contact, _ = people.admit_contact(actor, identity=Identity("user", "li"), source="web")
    people.join_visitor(actor, contact_id=contact.id, visitor_id=77, how="identify")
    ship()
    sql = "SELECT visitor, person_id FROM timeline_override FINAL WHERE tenant_id = {tenant:UInt64}"
    assert rows(actor.tenant_id, sql) == [{"visitor": 77 | 1 << 63, "person_id": contact.id}]
