"""ClickHouse drops by itself what is over its time, by each tenant's limits; nothing of it stays in the log, and nothing else goes."""

import time
from datetime import timedelta

import pytest
from clickhouse_connect.driver.exceptions import DatabaseError
from django.db import connection, connections

from cove.directory.org.commands.tenants import create_tenant
from cove.directory.people import facade as people
from cove.directory.people.contracts import Identity
from cove.directory.privacy.commands.settings import change_settings
from cove.directory.privacy.facade import days_kept
from cove.engine.timeline.commands.limits import LIMITS_JOB
from cove.engine.timeline.commands.retention import ANONYMOUS, CONTACTS
from cove.engine.timeline.contracts import Verdict
from cove.engine.timeline.facade import keep_verdicts
from cove.engine.timeline.jobs import lay_all_limits
from cove.engine.timeline.queries.ageing import BEHAVIOUR
from cove.facts.people import NoteWritten
from cove.facts.tracking import PageViewed
from cove.facts.wecom import CallbackAccepted
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.clickhouse.client import client, rows
from cove.kernel.ids import person_id
from cove.kernel.jobs.job import run_job
from cove.kernel.jobs.models import JobRun
from cove.kernel.log.ageing import drop_aged
from cove.kernel.log.models import Aged
from cove.kernel.log.publish import append_facts, pending
from cove.kernel.scope import tenant_scope

VISITOR = 41
VIEW = PageViewed.kind
VIEWS = f"kind = '{VIEW}'"


def ago(days):
    return clock.now() - timedelta(days=days)


def tell(fact, days, *, recorded=None):
    """Put a fact into the log as if it had been told `days` ago, and recorded then (or `recorded` days ago)."""
    append_facts([pending(fact, at=ago(days), chain=())])
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "UPDATE log_fact SET recorded_at = %s WHERE position = (SELECT max(position) FROM log_fact)",
            [ago(days if recorded is None else recorded)],
        )


def view(days, *, visitor=VISITOR, recorded=None):
    fact = PageViewed(visitor_id=visitor, message_id=f"{visitor}:{days}", url="https://a.cn/", session_id=f"s{days}")
    tell(fact, days, recorded=recorded)


def slice_of(days):
    return ago(days).replace(minute=0, second=0, microsecond=0)


def keep(actor, anonymous, contacts):
    change_settings(actor, changes={"retention": {"timeline.anonymous": anonymous, "timeline.contacts": contacts}})


def merge():
    """Lay the limits and let ClickHouse merge everything, as it does in its own time."""
    lay_all_limits()
    for table in ("timeline_fact", "timeline_session", "timeline_verdict"):
        end = time.monotonic() + 60
        # While the engine merges by itself it may have no part to spare, and says so.
        while not _merged(table):
            assert time.monotonic() < end
            time.sleep(0.1)


def _merged(table):
    try:
        client().command(f"OPTIMIZE TABLE {table} FINAL", settings={"optimize_throw_if_noop": 1})
    except DatabaseError:
        return False
    return True


def ages(tenant_id, column="at", table="timeline_fact", where="1"):
    sql = f"SELECT {column} AS moment FROM {table} WHERE tenant_id = {{tenant:UInt64}} AND {where} ORDER BY moment DESC"
    today = clock.now()
    return [round((today.timestamp() - row["moment"].timestamp()) / 86_400) for row in rows(tenant_id, sql)]


def in_log(tenant_id, kind=VIEW):
    with tenant_scope(tenant_id), connection.cursor() as cursor:
        cursor.execute("SELECT at FROM log_fact WHERE tenant_id = %s AND kind = %s ORDER BY at DESC", [tenant_id, kind])
        return [round((clock.now() - at).total_seconds() / 86_400) for (at,) in cursor.fetchall()]


def mutations():
    return client().query("SELECT count() FROM system.mutations WHERE table LIKE 'timeline%'").result_rows[0][0]


def walk_from_here(actor):
    """Begin the walk at the log's end: the log of all tests is not in the order of recording, that of a company is."""
    drop_aged(BEHAVIOUR.name, kinds=BEHAVIOUR.kinds(), before=ago(20_000))
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT COALESCE(max(position), 0) FROM log_fact")
        Aged.objects.filter(rule=BEHAVIOUR.name).update(position=cursor.fetchone()[0])


def sweep(actor):
    """Do what the night's job does with behaviour; return how much went."""
    return sum(entry.remove(actor, ago(days_of(actor, entry)), 2_000) for entry in (ANONYMOUS, CONTACTS))


def days_of(actor, entry):
    return days_kept(actor, [entry.key])[entry.key]


@pytest.fixture
def others(actor):
    """Another company, and one that decided nothing."""
    found = [create_tenant(name=f"{name} {actor.tenant_id}") for name in ("别家", "无限期")]
    return [Actor.system(one.id) for one in found]


def test_each_company_keeps_behaviour_for_as_long_as_it_says(actor, others, drain):
    other, unlimited = others
    for one in (actor, other, unlimited):
        with tenant_scope(one.tenant_id):
            for days in (10, 50, 200):
                view(days)
                keep_verdicts(one.tenant_id, [Verdict(person_id(visitor=VISITOR), slice_of(days), 65)])
    drain()
    keep(actor, 20, 30)
    with tenant_scope(other.tenant_id):
        keep(other, 90, 60)
    before = mutations()
    merge()
    for one, left in ((actor, [10]), (other, [10, 50]), (unlimited, [10, 50, 200])):
        assert ages(one.tenant_id, where=VIEWS) == left
        assert len(ages(one.tenant_id, "last_at", "timeline_session")) == len(left)
        assert ages(one.tenant_id, "slice", "timeline_verdict") == left
    assert mutations() == before


def test_a_limit_that_is_changed_counts_anew(actor, drain):
    for days in (10, 50, 200):
        view(days)
    drain()
    keep(actor, 100, 100)
    lay_all_limits()
    keep(actor, 300, 300)
    merge()
    assert ages(actor.tenant_id, where=VIEWS) == [10, 50, 200]
    keep(actor, 40, 40)
    merge()
    assert ages(actor.tenant_id, where=VIEWS) == [10]
    keep(actor, None, None)
    lay_all_limits()
    view(90)
    drain()
    merge()
    assert ages(actor.tenant_id, where=VIEWS) == [10, 90]


def test_what_is_kept_for_ever_for_somebody_does_not_go_by_itself(actor, drain):
    """Who a visitor is may turn out later: as long as contacts' behaviour is kept, ClickHouse may drop nobody's."""
    card, _ = people.admit_contact(actor, identity=Identity("user", "li"), source="web")
    people.join_visitor(actor, contact_id=card.id, visitor_id=VISITOR, how="identify")
    view(100)
    view(100, visitor=77)
    drain()
    keep(actor, 30, None)
    merge()
    assert ages(actor.tenant_id, where=VIEWS) == [100, 100]
    sweep_anonymous = ANONYMOUS.remove(actor, ago(30), 2_000)
    assert sweep_anonymous == 1
    assert ages(actor.tenant_id, where=VIEWS) == [100]
    assert in_log(actor.tenant_id) == [100]


def test_only_behaviour_goes(actor, drain):
    card, _ = people.admit_contact(actor, identity=Identity("user", "li"), source="web", at=ago(100))
    tell(NoteWritten(contact_id=card.id, text="旧"), 100)
    view(100)
    drain()
    keep(actor, 30, 30)
    merge()
    assert ages(actor.tenant_id, where=VIEWS) == []
    assert ages(actor.tenant_id, where=f"kind = '{NoteWritten.kind}'") == [100]


def test_callbacks_go_after_the_usual_time_unless_a_company_says_otherwise(actor, others, drain):
    other, unlimited = others
    for one in (actor, other, unlimited):
        with tenant_scope(one.tenant_id):
            tell(CallbackAccepted(channel_id=1, event={"Event": "x"}), 60)
    with tenant_scope(other.tenant_id):
        change_settings(other, changes={"retention": {"timeline.callbacks": 90}})
    with tenant_scope(unlimited.tenant_id):
        change_settings(unlimited, changes={"retention": {"timeline.callbacks": None}})
    lay_all_limits()
    drain()
    merge()
    found = [ages(one.tenant_id, where=f"kind = '{CallbackAccepted.kind}'") for one in (actor, other, unlimited)]
    assert found == [[], [60], [60]]


def test_what_clickhouse_dropped_first_leaves_the_log_all_the_same(actor, drain):
    walk_from_here(actor)
    for days in (200, 100, 10):
        view(days)
    drain()
    keep(actor, 30, 60)
    merge()
    assert ages(actor.tenant_id, where=VIEWS) == [10]
    assert in_log(actor.tenant_id) == [10, 100, 200]
    assert sweep(actor) == 2
    assert in_log(actor.tenant_id) == [10]
    assert sweep(actor) == 0


def test_what_was_dated_back_is_not_dropped_before_the_log_was_looked_through(actor, drain):
    walk_from_here(actor)
    view(100, recorded=1)
    drain()
    keep(actor, 60, 60)
    merge()
    assert ages(actor.tenant_id, where=VIEWS) == [100]
    assert sweep(actor) == 1
    assert ages(actor.tenant_id, where=VIEWS) == []
    assert in_log(actor.tenant_id) == []


def test_the_night_leaves_to_clickhouse_what_is_about_to_go_and_removes_what_is_overdue(actor, drain):
    walk_from_here(actor)
    view(70)
    view(61)
    keep_verdicts(actor.tenant_id, [Verdict(person_id(visitor=VISITOR), slice_of(days), 65) for days in (61, 70)])
    keep(actor, 60, 60)
    drain()
    before = mutations()
    assert sweep(actor) == 2
    assert in_log(actor.tenant_id) == []
    assert ages(actor.tenant_id, where=VIEWS) == [61]
    assert ages(actor.tenant_id, "last_at", "timeline_session") == [61]
    assert ages(actor.tenant_id, "slice", "timeline_verdict") == [61]
    once = mutations()
    assert once == before + 3
    assert sweep(actor) == 0
    assert mutations() == once


def test_a_change_is_laid_once_and_the_same_again_changes_nothing(actor, drain):
    keep(actor, 45, 45)
    drain()
    [run] = JobRun.objects.filter(kind=LIMITS_JOB)
    run_job(actor.tenant_id, run.id)
    run.refresh_from_db()
    assert run.state == "done"
    laid = definition()
    assert f"{45 + 1}" in laid
    lay_all_limits()
    assert definition() == laid
    change_settings(actor, changes={"retention": {"log.set_aside": 30}})
    drain()
    assert JobRun.objects.filter(kind=LIMITS_JOB).count() == 1


def definition():
    sql = "SELECT engine_full FROM system.tables WHERE database = currentDatabase() AND name = 'timeline_fact'"
    return client().query(sql).result_rows[0][0]
