"""What is old goes by itself, and as much as was announced."""

from __future__ import annotations

from datetime import timedelta

from cove.directory.org.models import Member
from cove.directory.people import facade as people
from cove.directory.people.contracts import Identity
from cove.directory.people.models import Ownership
from cove.directory.privacy.commands.erasures import ERASE_JOB
from cove.directory.privacy.commands.settings import CLEAN_UP_JOB, change_settings, start_clean_up
from cove.directory.privacy.jobs import clean_up_everywhere
from cove.directory.privacy.tests.world import run_jobs, tell
from cove.engine.channels.delivery.models import Delivery
from cove.facts.people import NoteWritten
from cove.facts.tracking import PageViewed
from cove.kernel import clock
from cove.kernel.clickhouse.client import rows
from cove.kernel.ids import visitor_id
from cove.kernel.jobs.models import JobRun


def view(visitor, days):
    fact = PageViewed(visitor_id=visitor, message_id=f"{visitor}:{days}", url="https://example.test/", title="页")
    tell(fact, clock.now() - timedelta(days=days))


def left(actor):
    found = rows(
        actor.tenant_id, "SELECT kind, count() AS n FROM timeline_fact WHERE tenant_id = {tenant:UInt64} GROUP BY kind"
    )
    return {row["kind"]: row["n"] for row in found}


def rule(browser_client, key):
    found = browser_client.get("/api/privacy/settings").json()["retention"]
    return next(one for one in found if one["key"] == key)


def test_old_behaviour_goes_by_whose_it_is(actor, browser_client, drain):
    card, _ = people.admit_contact(actor, identity=Identity("user", "li"), source="web")
    known, unknown = visitor_id(actor.tenant_id, "known"), visitor_id(actor.tenant_id, "unknown")
    people.join_visitor(actor, contact_id=card.id, visitor_id=known, how="identify")
    for visitor in (known, unknown):
        view(visitor, 100)
        view(visitor, 1)
    tell(NoteWritten(contact_id=card.id, text="旧"), clock.now() - timedelta(days=100))
    drain()
    answer = browser_client.get("/api/privacy/retention/timeline.anonymous/preview?days=60").json()
    assert answer == {"would_go": 1}
    change_settings(actor, changes={"retention": {"timeline.anonymous": 60}})
    assert rule(browser_client, "timeline.anonymous")["would_go"] == 1
    assert start_clean_up(actor)
    assert not start_clean_up(actor)
    [run] = run_jobs(actor, CLEAN_UP_JOB)
    assert run.state == "done"
    assert left(actor)["tracking.page_viewed"] == 3
    assert rule(browser_client, "timeline.anonymous")["would_go"] == 0
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM log_fact WHERE tenant_id = %s AND kind = %s", [actor.tenant_id, PageViewed.kind]
        )
        assert cursor.fetchone() == (3,)


def test_lost_contacts_are_erased_when_their_time_is_over(actor, drain):
    member = Member.objects.create(name="小王")
    then = clock.now() - timedelta(days=400)
    gone, _ = people.admit_contact(actor, identity=Identity("user", "gone"), source="web", at=then)
    stays, _ = people.admit_contact(actor, identity=Identity("user", "stays"), source="web", at=then)
    for card in (gone, stays):
        people.begin_ownership(actor, contact_id=card.id, member_id=member.id, since=then)
        people.end_ownership(actor, contact_id=card.id, member_id=member.id, until=then + timedelta(days=1))
    Ownership.objects.filter(contact_id=stays.id).update(until=clock.now())
    change_settings(actor, changes={"retention": {"privacy.lost_contacts": 365}})
    start_clean_up(actor)
    [run] = run_jobs(actor, CLEAN_UP_JOB)
    assert run.state == "done"
    drain()
    assert [one.state for one in run_jobs(actor, ERASE_JOB)] == ["done"]
    assert set(people.contacts_by_id(actor, [gone.id, stays.id])) == {stays.id}


def test_deliveries_go_and_what_still_waits_stays(actor):
    old = clock.now() - timedelta(days=100)
    for number, finished in enumerate((old, None)):
        Delivery.objects.create(
            kind="wecom.fetch_contact",
            key=f"d{number}",
            payload={},
            not_before=old,
            created_at=old,
            finished_at=finished,
        )
    change_settings(actor, changes={"retention": {"delivery.deliveries": 90}})
    start_clean_up(actor)
    run_jobs(actor, CLEAN_UP_JOB)
    assert [row.key for row in Delivery.objects.all()] == ["d1"]


def test_a_rule_that_is_too_short_names_its_field(browser_client):
    body = {"retention": {"timeline.contacts": 3, "nothing.here": 30}}
    answer = browser_client.patch("/api/privacy/settings", body, content_type="application/json")
    assert answer.status_code == 422
    assert set(answer.json()["error"]["fields"]) == {"retention.timeline.contacts", "retention.nothing.here"}
    assert browser_client.get("/api/privacy/retention/nothing.here/preview?days=9").status_code == 404


def test_every_night_every_tenant(actor):
    clean_up_everywhere()
    # The usual rules keep set-aside facts for a limited time, so there is always something to look after.
    assert JobRun.objects.filter(kind=CLEAN_UP_JOB).count() == 1
