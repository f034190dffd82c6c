"""Keys of what was seen: cheap, remembered for a month, then forgotten."""

from __future__ import annotations

from datetime import timedelta

from django.db import connections

from cove.edge.collector.times import OLDEST
from cove.kernel import clock
from cove.kernel.log.jobs import forget_keys
from cove.kernel.log.seen import KEPT, first_time, forget_old, key_of


def age(tenant_id, text, by):
    """Make a key older, as the owner of the table alone may."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "UPDATE log_seen SET at = now() - %s WHERE tenant_id = %s AND key = %s::uuid", [by, tenant_id, key_of(text)]
        )
        assert cursor.rowcount == 1


def test_a_key_is_half_a_hash():
    assert key_of("event:m1") == key_of("event:m1") != key_of("event:m2")
    assert len(key_of("")) == 32


def test_what_is_seen_is_known_until_it_can_come_no_more(actor):
    assert KEPT > OLDEST, "an event that is not too old must still be known when it comes again"
    assert first_time(["a", "b", "c"]) == {"a", "b", "c"}
    age(actor.tenant_id, "a", KEPT + timedelta(minutes=1))
    age(actor.tenant_id, "b", KEPT - timedelta(minutes=1))
    forget_keys()
    assert first_time(["a", "b", "c"]) == {"a"}


def test_a_clock_that_runs_ahead_forgets_nothing_fresh(actor):
    first_time(["a"])
    with clock.shifted(timedelta(days=400)):
        forget_old()
    assert first_time(["a"]) == set()


def test_texts_of_every_kind_are_keys(actor):
    odd = ["", "字", "a\nb", "x" * 5000, "a"]
    assert first_time(odd) == set(odd)
    assert first_time(odd) == set()
