"""One consumer's look at the kinds of what lies next serves the others, and never more than is still true."""

import json

import pytest
from django.db import connection, transaction

from cove.kernel.log import looks as module
from cove.kernel.log.looks import Looks, looks
from cove.kernel.log.read import Mark
from cove.kernel.log.wanted import Wanted, read_wanted

INSERT = "INSERT INTO log_fact (tenant_id, kind, at, payload) VALUES (%s, %s, now(), %s) RETURNING position, xid::text::bigint"


def append(actor, kind):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(INSERT, [actor.tenant_id, kind, json.dumps({})])
        position, xid = cursor.fetchone()
    return Mark(xid, position)


def read(mark, *kinds, **more):
    return read_wanted(mark, lambda: Wanted(kinds=kinds), **{"limit": 100, **more})


@pytest.fixture
def start(actor):
    looks.forget()
    return append(actor, "start")


@pytest.fixture
def asked(monkeypatch):
    """The marks behind which the log was looked at."""
    found, whole = [], module._look

    def look(mark, stride):
        found.append(mark)
        return whole(mark, stride)

    monkeypatch.setattr(module, "_look", look)
    return found


def test_several_consumers_look_once(actor, start, asked):
    last = [append(actor, kind) for kind in "abab"][-1]
    assert [len(read(start, kind).facts) for kind in "abc"] == [2, 2, 0]
    assert {read(start, kind).to for kind in "abc"} == {last}
    assert asked == [start]


def test_who_stands_in_the_middle_of_a_look_goes_on_to_its_end(actor, start, asked):
    marks = [append(actor, kind) for kind in "abaab"]
    first = read(start, "a", limit=1)
    assert (first.to, first.count) == (marks[0], 1)
    rest = read(first.to, "a")
    assert ([one.position for one in rest.facts], rest.count) == ([marks[2].position, marks[3].position], 4)
    assert (read(marks[2], "b").count, len(read(marks[2], "b").facts)) == (2, 1)
    assert asked == [start]


def test_what_comes_later_is_looked_at_later(actor, start, asked):
    first = append(actor, "a")
    assert read(start, "a").to == first
    second = append(actor, "a")
    assert read(start, "a").to == first
    assert read(first, "a").to == second
    assert asked == [start, first]


@pytest.mark.parametrize("rare", [1, 500])
def test_kinds_of_which_there_are_many_are_read_as_well(actor, start, monkeypatch, rare):
    monkeypatch.setattr(module, "RARE", rare)
    marks = {kind: [append(actor, kind).position for _ in range(count)] for kind, count in (("a", 3), ("b", 1))}
    assert [one.position for one in read(start, "b", "a").facts] == marks["a"] + marks["b"]
    assert [one.position for one in read(start, "b", "c").facts] == marks["b"]


def test_forgotten_and_old_looks_are_taken_anew(actor, start, asked, monkeypatch):
    append(actor, "a")
    read(start, "a")
    looks.forget()
    read(start, "a")
    monkeypatch.setattr(module, "KEPT_SECONDS", -1)
    read(start, "a")
    assert asked == [start] * 3


def test_only_the_newest_are_kept(actor, start, monkeypatch):
    monkeypatch.setattr(module, "KEPT", 3)
    own, mark = Looks(), start
    for _ in range(8):
        append(actor, "a")
        mark = own.behind(mark, stride=10).to
    assert len(own._kept) <= 4
