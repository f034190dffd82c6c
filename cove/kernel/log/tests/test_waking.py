"""Those are woken for whom something came; the looks at it serve whoever comes later."""

import threading
import time
from contextlib import contextmanager

import psycopg
import pytest
from django.conf import settings
from django.db import connection

from cove.facts.people import NoteWritten
from cove.kernel.log.looks import looks
from cove.kernel.log.publish import WAKE_CHANNEL
from cove.kernel.log.read import newest_mark
from cove.kernel.log.tests.test_looks import append
from cove.kernel.log.waking import Waking
from cove.kernel.log.wanted import Wanted, read_wanted

PATIENCE = 60


@pytest.fixture
def waking(actor):
    """Waking that has passed all there is."""
    looks.forget()
    mark = append(actor, "start")
    until(lambda: newest_mark() >= mark)
    made = Waking(settings.DATABASE_DSN)
    made.begin()
    return made


def until(done):
    """Wait until it is: any transaction of the server itself hides facts for a moment."""
    end = time.monotonic() + PATIENCE
    while not done():
        assert time.monotonic() < end
        time.sleep(0.01)


def come(actor, waking, kind):
    """Append a fact and let it wake whom it concerns as soon as it can be read."""
    mark = append(actor, kind)
    until(lambda: newest_mark() >= mark)
    waking.whom_it_concerns()
    return mark


def test_only_whom_it_concerns_is_woken(actor, waking):
    mine = waking.add(lambda: Wanted(kinds=["a"]))
    others = waking.add(lambda: Wanted(kinds=["b"]))
    everything = waking.add(Wanted)
    nobodys = waking.add(lambda: Wanted(tenants=[]))
    come(actor, waking, "a")
    assert [wake.is_set() for wake in (mine, others, everything, nobodys)] == [True, False, True, False]
    mine.clear()
    everything.clear()
    come(actor, waking, "b")
    assert [wake.is_set() for wake in (mine, others, everything, nobodys)] == [False, True, True, False]


def test_who_slept_meanwhile_passes_all_that_was_looked_at_in_one_stride(actor, waking):
    begin = append(actor, "a")
    for kind in "bcbca":
        come(actor, waking, kind)
    last = come(actor, waking, "d")
    passed = read_wanted(begin, lambda: Wanted(kinds=["d"]), limit=10)
    assert (passed.to, passed.count, [one.kind for one in passed.facts]) == (last, 6, ["d"])
    assert [one.kind for one in read_wanted(begin, lambda: Wanted(kinds=["a", "c"]), limit=10).facts] == ["c", "c", "a"]


@contextmanager
def listening(waking):
    stopping = threading.Event()
    thread = threading.Thread(target=waking.listen, args=[stopping])
    thread.start()
    try:
        yield
    finally:
        stopping.set()
        thread.join(PATIENCE)


def test_what_is_told_wakes(actor, waking):
    wake = waking.add(lambda: Wanted(kinds=[NoteWritten.kind]))
    with listening(waking):
        assert wake.wait(PATIENCE), "whoever begins to listen wakes everybody: what came before was not heard"
        wake.clear()
        append(actor, NoteWritten.kind)
        with connection.cursor() as cursor:
            cursor.execute(f"NOTIFY {WAKE_CHANNEL}")
        assert wake.wait(PATIENCE)


def test_a_consumer_that_cannot_say_what_it_wants_does_not_end_the_listening(actor, waking):
    failures = iter([KeyError("torn")])

    def wants():
        for failure in failures:
            raise failure
        return Wanted(kinds=[NoteWritten.kind])

    wake = waking.add(wants)
    with listening(waking):
        assert wake.wait(PATIENCE)
        wake.clear()
        append(actor, NoteWritten.kind)
        with connection.cursor() as cursor:
            cursor.execute(f"NOTIFY {WAKE_CHANNEL}")
        assert wake.wait(PATIENCE), "listening begins anew, and wakes everybody for what was missed"
        assert next(failures, None) is None


def test_what_was_hidden_when_it_was_told_wakes_when_it_can_be_read(actor, waking):
    wake = waking.add(lambda: Wanted(kinds=["hidden"]))
    with psycopg.connect(settings.DATABASE_DSN) as older:
        older.execute("SELECT pg_current_xact_id()")
        mark = append(actor, "hidden")
        waking.whom_it_concerns()
        assert not wake.is_set()
    until(lambda: newest_mark() >= mark)
    waking.whom_it_concerns()
    assert wake.is_set()
