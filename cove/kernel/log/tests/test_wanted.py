"""Consumers read what they want of the log and pass the rest: nothing wanted is missed or comes twice, in the order of the log."""

import json
import random

import psycopg
import pytest
from django.conf import settings
from django.db import connection, transaction

from cove.facts.people import NoteWritten
from cove.kernel.jobs.models import JobRun
from cove.kernel.log.consume import pour, step
from cove.kernel.log.models import SetAside
from cove.kernel.log.publish import append_facts, pending
from cove.kernel.log.reactions import Reaction, Sink
from cove.kernel.log.read import Mark, mark_of
from cove.kernel.log.wanted import Wanted, read_wanted

INSERT = "INSERT INTO log_fact (tenant_id, kind, at, payload) VALUES (%s, %s, now(), %s) RETURNING position, xid::text::bigint"


def append(actor, kind, **payload):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(INSERT, [actor.tenant_id, kind, json.dumps(payload)])
        position, xid = cursor.fetchone()
    return Mark(xid, position)


def wants(actor, *kinds, **more):
    return lambda: Wanted(kinds=kinds, tenants=[actor.tenant_id], **more)


def kinds_of(passed):
    return [one.kind for one in passed.facts]


@pytest.fixture
def start(actor):
    return append(actor, "start")


def test_what_is_not_wanted_is_passed(actor, start):
    marks = [append(actor, kind) for kind in ("a", "b", "c", "b", "d")]
    passed = read_wanted(start, wants(actor, "a", "b"), limit=10)
    assert kinds_of(passed) == ["a", "b", "b"]
    assert (passed.to, passed.count) == (marks[-1], 5)
    assert read_wanted(passed.to, wants(actor, "a"), limit=10) is None


@pytest.mark.parametrize("wanted", [Wanted(kinds=[]), Wanted(tenants=[])])
def test_where_nothing_is_wanted_everything_is_passed(actor, start, wanted):
    last = [append(actor, "a"), append(actor, "b")][-1]
    passed = read_wanted(start, lambda: wanted, limit=10)
    assert (passed.to, passed.count, passed.facts) == (last, 2, [])


def test_what_is_over_the_limit_waits(actor, start):
    marks = [append(actor, kind) for kind in ("b", "a", "b", "a", "b", "a", "b")]
    first = read_wanted(start, wants(actor, "a"), limit=2)
    assert (kinds_of(first), first.to, first.count) == (["a", "a"], marks[3], 4)
    second = read_wanted(first.to, wants(actor, "a"), limit=2)
    assert (kinds_of(second), second.to, second.count) == (["a"], marks[-1], 3)


def test_a_stride_ends_where_it_ends(actor, start):
    marks = [append(actor, "b") for _ in range(5)]
    passed = read_wanted(start, wants(actor, "a"), limit=10, stride=3)
    assert (passed.to, passed.count, passed.facts) == (marks[2], 3, [])


def test_long_facts_are_taken_a_few_at_a_time_and_one_in_any_case(actor, start):
    marks = [append(actor, "a", pad=random.Random(number).randbytes(4000).hex()) for number in range(4)]
    first = read_wanted(start, wants(actor, "a"), limit=10, most_bytes=10_000)
    assert (len(first.facts), first.to, first.count) == (2, marks[1], 2)
    single = read_wanted(first.to, wants(actor, "a"), limit=10, most_bytes=1)
    assert (len(single.facts), single.to, single.count) == (1, marks[2], 1)


def test_fields_that_nobody_looks_at_are_left_out(actor, start):
    append(actor, "a", text="long", number=7, deep={"x": [1]})
    [part] = read_wanted(start, wants(actor, "a", fields=["number", "deep", "missing"]), limit=10).facts
    assert part.payload == {"number": 7, "deep": {"x": [1]}, "missing": None}
    [bare] = read_wanted(start, wants(actor, "a", fields=()), limit=10).facts
    assert (bare.payload, bare.kind, bare.tenant_id) == ({}, "a", actor.tenant_id)
    [whole] = read_wanted(start, wants(actor, "a"), limit=10).facts
    assert whole.payload["text"] == "long"


def test_wishes_are_asked_when_the_end_is_known(actor, start):
    """What is told while they are asked comes next time: who is erased meanwhile is found in the log by the erasure itself."""

    def ask():
        append(actor, "a")
        return Wanted(kinds=["a"], tenants=[actor.tenant_id])

    before = append(actor, "b")
    passed = read_wanted(start, ask, limit=10)
    assert (passed.to, passed.facts) == (before, [])
    assert kinds_of(read_wanted(passed.to, wants(actor, "a"), limit=10)) == ["a"]


class Writer:
    """A connection of its own that writes facts, and commits them or not; `kept` are those of kind a that it committed."""

    def __init__(self, actor):
        self.tenant_id, self.kept, self._open = actor.tenant_id, set(), set()
        self.connected = psycopg.connect(settings.DATABASE_DSN)
        self.connected.execute("SELECT set_config('cove.tenant_id', %s, false)", [str(actor.tenant_id)])
        self.connected.commit()

    def write(self, kind):
        position, xid = self.connected.execute(INSERT, [self.tenant_id, kind, "{}"]).fetchone()
        self._open |= {(xid, position)} if kind == "a" else set()

    def end(self, *, well):
        self.connected.commit() if well else self.connected.rollback()
        self.kept |= self._open if well else set()
        self._open = set()


@pytest.mark.parametrize("seed", range(6))
def test_with_transactions_that_interleave_each_wanted_fact_comes_once_and_in_order(actor, start, seed):
    dice, read, mark = random.Random(seed), [], start
    writers = [Writer(actor) for _ in range(4)]

    def look():
        nonlocal mark
        passed = read_wanted(mark, wants(actor, "a"), limit=dice.randint(1, 4), stride=dice.randint(1, 9))
        if passed is not None:
            read.extend((one.xid, one.position) for one in passed.facts)
            mark = passed.to
        return passed

    for _ in range(150):
        writer, act = dice.choice(writers), dice.random()
        if act < 0.55:
            writer.write(dice.choice("aabc"))
        elif act < 0.75:
            writer.end(well=act < 0.7)
        else:
            look()
    for writer in writers:
        writer.end(well=True)
        writer.connected.close()
    while look() is not None:
        pass
    assert read == sorted(set().union(*(writer.kept for writer in writers)))


def test_a_module_passes_what_it_has_no_reaction_for(actor, start):
    seen = []
    name = f"tests.wanted_{actor.tenant_id}"
    rules = {
        NoteWritten.kind: [Reaction(f"{name}.see", name, NoteWritten.kind, lambda who, fact, _: seen.append(fact.text))]
    }
    while step(name, rules):
        pass
    seen.clear()
    append(actor, "unknown.kind")
    append_facts([pending(NoteWritten(contact_id=1, text=text), at=None, chain=()) for text in ("one", "two", "three")])
    last = append(actor, "unknown.kind")
    assert step(name, rules, limit=2) == 3
    assert seen == ["one", "two"]
    assert step(name, rules, limit=2) == 2
    assert seen == ["one", "two", "three"]
    assert mark_of(name) == last
    assert step(name, rules) == 0


def test_what_a_sink_sets_aside_is_kept_whole(actor, start):
    """Though it saw nothing of the payload: whoever looks at it, or tries again, needs all of it."""
    name = f"tests.bare_{actor.tenant_id}"

    def take(_token, envelopes):
        JobRun.objects.create(kind=name, message=str(len(envelopes)))
        assert all(one.payload == {} for one in envelopes)
        raise ValueError("cannot digest")

    sink = Sink(name, take, wants=wants(actor, NoteWritten.kind, fields=()))
    append_facts([pending(NoteWritten(contact_id=1, text="whole"), at=None, chain=())])
    last = append(actor, "b")
    while pour(sink):
        pass
    [row] = SetAside.objects.filter(consumer=name)
    assert row.envelope["payload"]["text"] == "whole"
    assert mark_of(name) == last
    assert not JobRun.objects.filter(kind=name).exists()
