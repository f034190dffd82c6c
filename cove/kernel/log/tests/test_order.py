"""The order of the log when transactions interleave."""

import threading

import psycopg
import pytest
from django.conf import settings
from django.db import connection, transaction

from cove.kernel.log.read import Mark, lock_cursor, read_between
from cove.kernel.log.wanted import Wanted, read_wanted

INSERT = "INSERT INTO log_fact (tenant_id, kind, at, payload) VALUES (%s, %s, now(), '{}') RETURNING position, xid::text::bigint"


@pytest.fixture
def other(actor):
    """A second connection of the application, speaking for the test's tenant."""
    with psycopg.connect(settings.DATABASE_DSN) as connected:
        connected.execute("SELECT set_config('cove.tenant_id', %s, false)", [str(actor.tenant_id)])
        connected.commit()
        yield connected


def append(actor, kind):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(INSERT, [actor.tenant_id, kind])
        position, xid = cursor.fetchone()
    return Mark(xid, position)


def kinds_after(actor, mark):
    passed = read_wanted(mark, lambda: Wanted(tenants=[actor.tenant_id]), limit=1000)
    return [one.kind for one in passed.facts] if passed else []


def test_a_later_position_that_commits_first_waits_for_the_earlier_one(actor, other):
    start = append(actor, "start")
    other.execute(INSERT, [actor.tenant_id, "slow"])
    append(actor, "quick")

    while_open = kinds_after(actor, start)
    other.commit()

    assert while_open == []
    assert kinds_after(actor, start) == ["slow", "quick"]


def test_a_transaction_that_began_earlier_but_wrote_its_fact_later_is_not_skipped(actor, other):
    start = append(actor, "start")
    # It takes its number here and its position last.
    other.execute("SELECT pg_current_xact_id()")
    quick = append(actor, "quick")
    assert kinds_after(actor, start) == []
    other.execute(INSERT, [actor.tenant_id, "late"])
    other.commit()

    assert kinds_after(actor, start) == ["late", "quick"]
    assert kinds_after(actor, quick) == []


def test_what_was_rolled_back_never_was(actor, other):
    start = append(actor, "start")
    other.execute(INSERT, [actor.tenant_id, "never"])
    other.rollback()
    append(actor, "after")
    assert kinds_after(actor, start) == ["after"]


def test_a_planned_batch_is_the_same_however_often_it_is_read(actor, other):
    start = append(actor, "start")
    marks = [append(actor, f"k{number}") for number in range(5)]
    first = [one.position for one in read_between(start, marks[2])]
    append(actor, "more")
    assert [one.position for one in read_between(start, marks[2])] == first
    assert len(first) == 3


def test_a_sink_that_waits_does_not_hold_up_other_readers(actor):
    """The consumer's lock gives its transaction no number, so nobody waits for it."""
    start = append(actor, "start")
    with transaction.atomic():
        lock_cursor("tests.seen_before")
    held, released = threading.Event(), threading.Event()

    def wait():
        with transaction.atomic():
            assert lock_cursor("tests.seen_before") is not None
            held.set()
            released.wait(60)
        connection.close()

    waiting = threading.Thread(target=wait)
    waiting.start()
    held.wait(60)
    with transaction.atomic():
        taken = lock_cursor("tests.seen_before")
    append(actor, "next")
    found = kinds_after(actor, start)
    released.set()
    waiting.join()

    assert taken is None
    assert found == ["next"]
