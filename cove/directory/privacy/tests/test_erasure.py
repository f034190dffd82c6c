"""A person erased, everywhere; and every figure as it was."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection

from cove.business.live_codes.commands.codes import create_code
from cove.business.live_codes.queries.report import report
from cove.cockpit.insight.contracts import Step
from cove.cockpit.insight.queries.funnel import funnel
from cove.directory.org.models import Member
from cove.directory.people import facade as people
from cove.directory.people.commands.merging import merge_contacts
from cove.directory.people.contracts import Identity
from cove.directory.privacy.commands.data_files import EXPORT_JOB, ask_data_file
from cove.directory.privacy.commands.erasures import ERASE_JOB, ask_erasure, cancel_erasure
from cove.directory.privacy.commands.settings import change_settings
from cove.directory.privacy.errors import ErasureUnderWay, NameDiffers, TooLateToCancel
from cove.directory.privacy.facade import keep_choices
from cove.directory.privacy.jobs import tend_erasures
from cove.directory.privacy.models import Erasure
from cove.directory.privacy.queries.erasures import preview
from cove.directory.privacy.tests.world import NOON, Somebody, contact, found_anywhere, run_jobs, settle_in, tell
from cove.facts.people import NoteWritten
from cove.facts.tracking import PageViewed
from cove.kernel import clock
from cove.kernel.clickhouse.client import rows
from cove.kernel.jobs.models import JobRun
from cove.kernel.log import forget
from cove.kernel.log.consume import drain as drain_log

STEPS = [
    Step("live_codes.code_scanned", {}),
    Step("tracking.page_viewed", {}),
    Step("tracking.event_tracked", {"properties.plan": "pro"}),
]


DAILY = """
SELECT toString(toDate(at)) AS day, kind, count() AS n, uniqExact(if(o.person = 0, f.person_id, o.person)) AS people
FROM timeline_fact AS f LEFT ANY JOIN (
  SELECT visitor, person_id AS person FROM timeline_override FINAL WHERE tenant_id = {tenant:UInt64}) AS o ON f.person_id = o.visitor
WHERE f.tenant_id = {tenant:UInt64} AND NOT startsWith(kind, 'privacy.') GROUP BY day, kind ORDER BY day, kind
"""


@pytest.fixture
def code(actor):
    member = Member.objects.create(name="小李", wecom_userid=f"li{actor.tenant_id}")
    return create_code(actor, name="春季", members={member.id: 1})


@pytest.fixture
def at_once(actor):
    change_settings(actor, changes={"grace_days": 0})


def figures(actor, code):
    steps = funnel(
        actor, steps=STEPS, window=timedelta(days=2), since=NOON - timedelta(days=1), until=NOON + timedelta(days=1)
    )
    totals = report(actor, code_id=code.id, begin=NOON.date(), end=NOON.date())
    return (
        [(step.people, step.median_seconds) for step in steps],
        totals.totals,
        totals.days,
        rows(actor.tenant_id, DAILY),
    )


def facts(actor):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM log_fact WHERE tenant_id = %s AND kind NOT LIKE 'privacy.%%'", [actor.tenant_id]
        )
        return cursor.fetchone()[0]


def erase(actor, contact_id, name):
    ask_erasure(actor, contact_id=contact_id, name=name, why="本人要求")
    drain_log()
    return run_jobs(actor, ERASE_JOB)


def test_nothing_of_a_person_is_left_and_every_figure_stays(actor, code, at_once, drain):
    who, other = Somebody(actor.tenant_id), Somebody(actor.tenant_id, 2)
    contact_id, stays = settle_in(actor, who, code=code), settle_in(actor, other, code=code)
    keep_choices(actor, contact_id=contact_id, source="form", purposes={"marketing": True}, channels={"sms": False})
    ask_data_file(actor, contact_id=contact_id)
    assert [row.state for row in run_jobs(actor, EXPORT_JOB)] == ["done"]
    drain()
    before, told = figures(actor, code), facts(actor)
    assert before[0][2][0] == 2
    places = {one.split(":")[0].split("/")[0] for one in found_anywhere(who.marks)}
    assert {"postgres people_contact", "postgres log_fact", "clickhouse timeline_fact", "postgres delivery"} <= places
    assert any(place.startswith("file") for place in places)

    [run] = erase(actor, contact_id, who.name)

    assert (run.state, run.message) == ("done", "")
    drain()
    assert found_anywhere(who.marks) == []
    assert found_anywhere([who.address]) == []
    assert contact(contact_id) is None
    assert contact(stays).phone == other.phone
    assert (figures(actor, code), facts(actor)) == (before, told)
    certificate = Erasure.objects.get()
    assert (certificate.state, certificate.contact_id, certificate.sealed_person, certificate.why) == (
        "done",
        None,
        "",
        "",
    )
    assert certificate.counts["timeline.facts"] > 6
    assert certificate.counts["delivery.deliveries"] == 2


def test_the_preview_says_what_will_go(actor, code, drain):
    who = Somebody(actor.tenant_id)
    contact_id = settle_in(actor, who, code=code)
    drain()
    held = {one.holder.key: one.count for one in preview(actor, contact_id)}
    assert held["people.identities"] == 2
    assert held["people.visitors"] == 2
    assert held["live_codes.scans"] == 2
    assert held["log.set_aside"] == 1
    assert held["timeline.facts"] > 6


def test_a_job_that_died_anywhere_goes_on_and_counts_nothing_twice(actor, code, at_once, drain, monkeypatch):
    from cove.engine.timeline.commands import personal_data

    who = Somebody(actor.tenant_id)
    contact_id = settle_in(actor, who, code=code)
    drain()
    before = figures(actor, code)
    calls = {"insert": 0, "remove": 0}
    insert_block, remove = personal_data.insert_block, personal_data.remove
    monkeypatch.setattr(personal_data, "PAGE", 3)

    def dying_insert(*args, **kwargs):
        calls["insert"] += 1
        if calls["insert"] == 2:
            raise SystemExit("killed")
        insert_block(*args, **kwargs)

    def dying_remove(*args, **kwargs):
        calls["remove"] += 1
        if calls["remove"] == 1:
            raise SystemExit("killed")
        remove(*args, **kwargs)

    monkeypatch.setattr(personal_data, "insert_block", dying_insert)
    monkeypatch.setattr(personal_data, "remove", dying_remove)
    ask_erasure(actor, contact_id=contact_id, name=who.name, why="")
    drain()
    for _ in range(2):
        with pytest.raises(SystemExit):
            run_jobs(actor, ERASE_JOB)
        JobRun.objects.filter(kind=ERASE_JOB).update(state="waiting")
    assert Erasure.objects.get().state == "running"
    [run] = run_jobs(actor, ERASE_JOB)
    assert run.state == "done"
    drain()
    assert found_anywhere(who.marks) == []
    assert figures(actor, code) == before


def test_what_arrives_late_counts_and_is_nobodys(actor, at_once, drain):
    who = Somebody(actor.tenant_id)
    contact_id = settle_in(actor, who)
    drain()
    erase(actor, contact_id, who.name)
    drain()
    told = facts(actor)
    tell(NoteWritten(contact_id=contact_id, text=who.note))
    tell(
        PageViewed(
            visitor_id=who.visitors[0], message_id="late", url="https://example.test/", title="页", address=who.address
        )
    )
    drain()
    assert facts(actor) == told + 2
    assert found_anywhere(who.marks) == []
    late = rows(
        actor.tenant_id,
        "SELECT person_id FROM timeline_fact WHERE tenant_id = {tenant:UInt64} AND title = '页'",
    )
    assert len(late) == 1
    assert late[0]["person_id"] not in {who.visitors[0] | 1 << 63, contact_id}


def test_whoever_comes_back_is_new_and_it_is_said(actor, at_once, drain):
    who = Somebody(actor.tenant_id)
    contact_id = settle_in(actor, who)
    drain()
    erase(actor, contact_id, who.name)
    card, new = people.admit_contact(actor, identity=Identity("wecom_external", who.external), source="wecom")
    people.join_visitor(actor, contact_id=card.id, visitor_id=who.visitors[0], how="live_code")
    drain()
    assert new
    assert card.id != contact_id
    kinds = rows(
        actor.tenant_id,
        "SELECT kind FROM timeline_fact WHERE tenant_id = {tenant:UInt64} AND person_id = {id:UInt64} ORDER BY kind",
        id=card.id,
    )
    assert [row["kind"] for row in kinds] == [
        "people.contact_admitted",
        "people.visitor_joined",
        "privacy.erased_person_returned",
    ]
    # What he does from now on is his again.
    tell(PageViewed(visitor_id=who.visitors[0], message_id="again", url="https://example.test/", title="又来"))
    drain()
    again = rows(
        actor.tenant_id, "SELECT person_id FROM timeline_fact WHERE tenant_id = {tenant:UInt64} AND title = '又来'"
    )
    assert [row["person_id"] for row in again] == [who.visitors[0] | 1 << 63]


def test_there_is_time_to_think_again(actor):
    who = Somebody(actor.tenant_id)
    contact_id = settle_in(actor, who)
    with pytest.raises(NameDiffers):
        ask_erasure(actor, contact_id=contact_id, name="别人", why="")
    row = ask_erasure(actor, contact_id=contact_id, name=who.name, why="")
    assert row.due_at - row.asked_at == timedelta(days=7)
    with pytest.raises(ErasureUnderWay):
        ask_erasure(actor, contact_id=contact_id, name=who.name, why="")
    tend_erasures()
    assert run_jobs(actor, ERASE_JOB) == []
    cancel_erasure(actor, contact_id=contact_id)
    with pytest.raises(TooLateToCancel):
        cancel_erasure(actor, contact_id=contact_id)
    ask_erasure(actor, contact_id=contact_id, name=who.name, why="")
    with clock.shifted(timedelta(days=8)):
        tend_erasures()
        tend_erasures()
        assert JobRun.objects.filter(kind=ERASE_JOB, state="waiting").count() == 1
    assert contact(contact_id) is not None


def test_a_timeline_that_is_behind_is_waited_for(actor, at_once, monkeypatch, drain):
    from cove.engine.timeline.commands import personal_data

    who = Somebody(actor.tenant_id)
    contact_id = settle_in(actor, who)
    monkeypatch.setattr(personal_data, "PATIENCE_SECONDS", 0.1)
    ask_erasure(actor, contact_id=contact_id, name=who.name, why="")
    [run] = run_jobs(actor, ERASE_JOB)
    assert run.state == "failed"
    assert forget.behind("timeline", tenant_id=actor.tenant_id, position=forget.last_position())
    drain()
    tend_erasures()
    [run] = run_jobs(actor, ERASE_JOB)
    drain()
    assert (run.state, found_anywhere(who.marks)) == ("done", [])


def test_whoever_was_merged_goes_with_the_one_that_stays(actor, code, at_once, drain):
    who, other = Somebody(actor.tenant_id), Somebody(actor.tenant_id, 2)
    stays, merged = settle_in(actor, who, code=code), settle_in(actor, other, code=code)
    keep_choices(actor, contact_id=merged, source="form", purposes={"marketing": True}, channels={"sms": False})
    merge_contacts(actor, contact_id=stays, merged_id=merged)
    drain()
    before, told = figures(actor, code), facts(actor)
    assert [step for step, _ in before[0]] == [1, 1, 1]

    # Asked for by the number of the merged one, and confirmed by the name of the one that stays.
    [run] = erase(actor, merged, who.name)

    assert (run.state, run.message) == ("done", "")
    drain()
    assert found_anywhere([*who.marks, *other.marks]) == []
    assert (contact(stays), contact(merged)) == (None, None)
    assert (figures(actor, code), facts(actor)) == (before, told)
