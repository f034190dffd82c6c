"""What is found afterwards, in PostgreSQL and ClickHouse as they are: swarms, many users on one device, and offices left in peace."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from cove.directory.org.facade import actor_of
from cove.engine.timeline.facade import clean_facts
from cove.engine.tracking.commands.traffic import mark_fine, unmark_fine
from cove.engine.tracking.errors import AlreadyMarked, BadMark
from cove.engine.tracking.jobs import look_at_traffic
from cove.engine.tracking.models import TrafficMark, TrafficSlice
from cove.facts.tracking import PageLeft, PageViewed, VisitorIdentified
from cove.kernel import clock
from cove.kernel.clickhouse.client import rows
from cove.kernel.log.publish import append_facts, pending
from cove.kernel.signposts.models import Signpost

OFFICE, SWARM = "203.0.113.7", "198.51.100.9"
COMMON = {"source_id": 5, "url": "https://a.cn/", "user_agent": "Mozilla/5.0"}


@pytest.fixture
def start(monkeypatch):
    """Nine o'clock of a day; the clock stands half an hour later."""
    nine = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
    monkeypatch.setattr(clock, "now", lambda: nine + timedelta(minutes=30))
    return nine


@pytest.fixture
def boss(actor, administrator):
    """The administrator, as an actor."""
    return actor_of(actor, administrator.id)


def page(visitor, at, *, address=OFFICE, **more):
    fact = PageViewed(visitor_id=visitor, message_id=f"p{visitor}-{at.timestamp()}", address=address, **COMMON, **more)
    return pending(fact, at=at, chain=())


def left(visitor, at, *, address=OFFICE):
    fact = PageLeft(
        visitor_id=visitor, message_id=f"l{visitor}-{at.timestamp()}", address=address, seconds=9, depth=50, **COMMON
    )
    return pending(fact, at=at, chain=())


def signed_in(visitor, user, at, **more):
    fact = VisitorIdentified(
        visitor_id=visitor, message_id=f"i{visitor}-{user}", user_id=user, user_visitor=1000 + visitor, proof="none",
        address=OFFICE, **COMMON, **more,
    )  # fmt: skip
    return pending(fact, at=at, chain=())


def suspicious(actor):
    """Return the visitors with a fact that reports may leave out."""
    sql = f"SELECT DISTINCT visitor_id FROM timeline_fact AS f WHERE tenant_id = {{tenant:UInt64}} AND NOT {clean_facts('f')}"
    return {row["visitor_id"] for row in rows(actor.tenant_id, sql)}


def look(drain, monkeypatch, later):
    """Ship, and let Cove look when `later` is over."""
    drain()
    now = clock.now() + later
    monkeypatch.setattr(clock, "now", lambda: now)
    look_at_traffic()


def office(start, people):
    """Colleagues who arrive within ten minutes, read a page each, and leave it."""
    for number in range(people):
        at = start + timedelta(seconds=number)
        yield page(number + 1, at)
        yield left(number + 1, at + timedelta(minutes=3))


def test_a_swarm_is_found_and_the_office_beside_it_is_not(actor, drain, start, monkeypatch):
    swarm = [page(5000 + number, start + timedelta(seconds=number), address=SWARM) for number in range(200)]
    append_facts([*office(start, 200), *swarm])
    look(drain, monkeypatch, timedelta(minutes=5))
    assert suspicious(actor) == {5000 + number for number in range(200)}
    found = rows(
        actor.tenant_id,
        "SELECT DISTINCT score, reasons FROM timeline_verdict FINAL WHERE tenant_id = {tenant:UInt64}",
    )
    assert [(row["score"], set(row["reasons"])) for row in found] == [(50, {"address_swarm", "lifeless"})]
    assert TrafficSlice.objects.count() == 0


def test_without_signs_of_life_on_the_site_nobody_is_called_lifeless(actor, drain, start, monkeypatch):
    append_facts([page(number + 1, start + timedelta(seconds=number)) for number in range(200)])
    look(drain, monkeypatch, timedelta(minutes=5))
    assert suspicious(actor) == set()


def test_who_may_yet_move_is_judged_only_ten_minutes_after(actor, drain, start, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: start + timedelta(minutes=10))
    swarm = [page(5000 + number, start + timedelta(seconds=number), address=SWARM) for number in range(200)]
    append_facts([*office(start, 200), *swarm])
    look(drain, monkeypatch, timedelta(minutes=3))
    assert (suspicious(actor), TrafficSlice.objects.count()) == (set(), 1)
    look(drain, monkeypatch, timedelta(minutes=10))
    assert (len(suspicious(actor)), TrafficSlice.objects.count()) == (200, 0)


def test_many_users_on_one_device_need_another_sign(actor, drain, start, monkeypatch):
    shop = [signed_in(1, f"clerk{number}", start + timedelta(minutes=1)) for number in range(8)]
    farm = [
        signed_in(2, f"fake{number}", start + timedelta(minutes=1), suspicion=30, suspicion_reasons=["headers"])
        for number in range(8)
    ]
    append_facts([*shop, *farm, page(2, start + timedelta(minutes=2))])
    look(drain, monkeypatch, timedelta(minutes=5))
    assert suspicious(actor) == {2}


def test_what_shows_late_counts_for_all_that_the_device_did_then(actor, drain, start, monkeypatch):
    late = page(1, start + timedelta(minutes=2), suspicion=95, suspicion_reasons=["automation"])
    append_facts([page(1, start + timedelta(minutes=1)), late, page(1, start - timedelta(hours=1))])
    look(drain, monkeypatch, timedelta(minutes=5))
    sql = f"SELECT count() AS n FROM timeline_fact AS f WHERE tenant_id = {{tenant:UInt64}} AND NOT {clean_facts('f')}"
    assert rows(actor.tenant_id, sql)[0]["n"] == 2


def test_a_marked_address_is_fine_in_the_past_and_to_come_until_taken_back(actor, boss, drain, start, monkeypatch):
    append_facts(
        [page(1, start, suspicion=95, suspicion_reasons=["crawler"]), page(2, start, suspicion=95, address=SWARM)]
    )
    look(drain, monkeypatch, timedelta(minutes=5))
    assert suspicious(actor) == {1, 2}

    mark = mark_fine(boss, title="Office", address=" 203.0.113.7 ", note="monitoring")
    assert Signpost.objects.get(kind="fine_traffic").document == {"addresses": [OFFICE], "visitors": []}
    look_at_traffic()
    assert suspicious(actor) == {2}
    assert TrafficMark.objects.get(id=mark.id).applied_at is not None

    append_facts([page(3, start + timedelta(minutes=1), suspicion_reasons=["automation"])])
    look(drain, monkeypatch, timedelta(minutes=5))
    assert suspicious(actor) == {2}

    unmark_fine(boss, mark_id=mark.id)
    look_at_traffic()
    assert suspicious(actor) == {1, 2}
    assert not TrafficMark.objects.exists()
    assert Signpost.objects.get(kind="fine_traffic").document == {"addresses": [], "visitors": []}


def test_a_marked_device_is_fine_and_others_at_its_address_are_not(actor, boss, drain, start):
    append_facts([page(1, start, suspicion=95), page(2, start, suspicion=95)])
    drain()
    mark_fine(boss, title="Chrome", visitor_id=1)
    look_at_traffic()
    assert suspicious(actor) == {2}


@pytest.mark.parametrize("named", [{}, {"address": "office"}, {"address": OFFICE, "visitor_id": 1}])
def test_a_mark_names_one_address_or_one_device(boss, named):
    with pytest.raises(BadMark):
        mark_fine(boss, title="x", **named)


def test_nothing_is_marked_twice(boss):
    mark_fine(boss, title="x", address=OFFICE)
    with pytest.raises(AlreadyMarked):
        mark_fine(boss, title="x", address=OFFICE)
