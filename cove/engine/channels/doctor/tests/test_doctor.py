"""The doctor: what he finds, keeps, says and forgets."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection

from cove.directory.org.models import Notice
from cove.engine.channels.delivery.queries.rules import known_quotas
from cove.engine.channels.doctor import jobs, queries
from cove.engine.channels.doctor.commands import EXAMINE_JOB, start_examination
from cove.engine.channels.doctor.contracts import (
    Abilities,
    Ability,
    Check,
    Finding,
    Level,
    Patient,
    abilities,
    checks,
    patients,
)
from cove.engine.channels.doctor.models import CheckResult
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.jobs.job import run_job
from cove.kernel.jobs.models import JobRun
from cove.kernel.scope import tenant_scope
from cove.kernel.words import Words

WRONG = Words("密钥 {what} 不对", "The key {what} is wrong")
REMEDY = Words("换一个", "Take another")


@pytest.fixture
def found(monkeypatch):
    """A channel with two checks, the only one there is; what the first finds is in the list."""
    findings: list[Finding] = []

    def stumble(_actor):
        raise RuntimeError("broken check")

    monkeypatch.setattr(patients, "_entries", {})
    monkeypatch.setattr(checks, "_entries", {})
    monkeypatch.setattr(abilities, "_entries", {})
    patients._entries["test"] = Patient("test", Words("测试", "Test"), "/settings/test", lambda _actor: True)
    patients._entries["idle"] = Patient("idle", Words("闲置", "Idle"), "/settings/idle", lambda _actor: False)
    for key, run in (("test.key", lambda _actor: list(findings)), ("idle.key", stumble)):
        checks._entries[key] = Check(key, key.split(".")[0], Words("密钥正确", "The key is right"), run)
    return findings


def examine(actor):
    run = start_examination(actor)
    run_job(actor.tenant_id, run.id)
    run.refresh_from_db()
    assert run.state == "done", run.message
    return run


def broken(what="k1", key=""):
    return Finding(Level.BROKEN, WRONG.with_values(what=what), REMEDY, key=key)


def shown(client):
    return {one["key"]: one for one in client.get("/api/channels/health").json()["channels"]}


def test_what_is_found_is_shown_with_its_remedy_and_since_when(browser_client, actor, found):
    before = shown(browser_client)
    assert (before["test"]["level"], before["idle"]["in_use"], before["idle"]["checks"]) == ("unknown", False, [])
    found.append(broken())
    examine(actor)
    (check,) = shown(browser_client)["test"]["checks"]
    (finding,) = check["findings"]
    assert (check["level"], finding["text"], finding["remedy"]) == ("broken", "The key k1 is wrong", "Take another")
    with clock.shifted(timedelta(hours=2)):
        examine(actor)
        (later,) = shown(browser_client)["test"]["checks"]
    assert later["findings"][0]["since"] == finding["since"]
    assert later["checked_at"] > check["checked_at"]
    found.clear()
    examine(actor)
    assert shown(browser_client)["test"]["level"] == "ok"


def test_administrators_hear_once_of_what_breaks_and_of_each_anew(administrator, actor, found):
    def told():
        return Notice.objects.filter(kind="doctor.channel_broken").count()

    found.append(Finding(Level.WARNING, REMEDY, REMEDY))
    examine(actor)
    assert told() == 0
    found[:] = [broken()]
    examine(actor)
    examine(actor)
    assert told() == 1
    found.append(broken("k2", "second"))
    examine(actor)
    assert told() == 2
    found.clear()
    examine(actor)
    found.append(broken())
    examine(actor)
    assert told() == 3
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT kind FROM log_fact WHERE tenant_id = %s AND kind LIKE 'doctor.%%' ORDER BY position",
            [actor.tenant_id],
        )
        kinds = [kind for (kind,) in cursor.fetchall()]
    assert kinds == ["doctor.channel_broke", "doctor.channel_broke", "doctor.channel_healed", "doctor.channel_broke"]


def test_a_check_that_stumbles_is_a_finding_and_stops_no_other(browser_client, actor, found, monkeypatch):
    monkeypatch.setitem(
        patients._entries, "idle", Patient("idle", Words("闲置", "Idle"), "/settings/idle", lambda _actor: True)
    )
    examine(actor)
    answer = shown(browser_client)
    assert (answer["test"]["level"], answer["idle"]["level"]) == ("ok", "warning")
    assert "log" in answer["idle"]["checks"][0]["findings"][0]["text"]


def test_a_check_that_hangs_is_not_waited_for(browser_client, actor, found, monkeypatch):
    import threading

    release = threading.Event()
    monkeypatch.setattr(jobs, "PATIENCE_SECONDS", 3)  # time enough for the other check on a busy machine

    def wait(_actor):
        release.wait(60)
        return []

    hang = Check("test.hang", "test", Words("慢", "Slow"), wait)
    monkeypatch.setitem(checks._entries, "test.hang", hang)
    examine(actor)
    release.set()
    levels = {one["key"]: one["level"] for one in shown(browser_client)["test"]["checks"]}
    assert levels == {"test.key": "ok", "test.hang": "warning"}


def test_every_hour_and_without_filling_the_list_of_jobs(actor, found, monkeypatch):
    monkeypatch.setattr(jobs.org, "tenant_ids", lambda: [actor.tenant_id])

    def runs():
        return JobRun.objects.filter(kind=EXAMINE_JOB)

    for hour in range(3):
        with clock.shifted(timedelta(minutes=61 * hour)):
            jobs.look_at_channels()
            waiting = runs().filter(state="waiting")
            assert waiting.count() == 1
            run_job(actor.tenant_id, waiting.get().id)
            jobs.look_at_channels()
            assert runs().filter(state="waiting").count() == 0
    assert runs().count() <= 2


def test_checks_that_are_no_more_are_forgotten(actor, found):
    CheckResult.objects.create(check_key="gone.check", level="broken", findings=[], checked_at=clock.now())
    examine(actor)
    assert set(CheckResult.objects.values_list("check_key", flat=True)) == {"test.key"}


def test_reading_costs_the_same_for_many_checks(browser_client, actor, found):
    from django.test.utils import CaptureQueriesContext

    examine(actor)
    with CaptureQueriesContext(connection) as few:
        browser_client.get("/api/channels/health")
    for number in range(20):
        key = f"test.more{number}"
        checks._entries[key] = Check(key, "test", Words("好", "Fine"), lambda _actor: [])
    examine(actor)
    with CaptureQueriesContext(connection) as many:
        browser_client.get("/api/channels/health")
    assert len(few) == len(many)


def test_other_tenants_see_nothing_of_it(actor, found):
    from cove.directory.org.commands.tenants import create_tenant

    found.append(broken())
    examine(actor)
    other = create_tenant(name="别家")
    with tenant_scope(other.id):
        health, examination = queries.health(Actor.system(other.id))
        assert examination is None
        assert all(row is None for one in health for _, row in one.found)


def test_what_a_channel_can_do_is_kept_with_its_quota(browser_client, actor, found, monkeypatch):
    quota = next(iter(known_quotas().values()))
    can = [
        Ability("mass", Words("群发", "Mass"), usable=True, left=3, most=9, quotas=(quota.key, "unknown")),
        Ability("links", Words("链接", "Links"), usable=False, trouble=WRONG.with_values(what="k"), remedy=REMEDY),
    ]
    monkeypatch.setattr(abilities, "_entries", {"test": Abilities("test", lambda _actor: can)})
    examine(actor)
    mass, links = shown(browser_client)["test"]["abilities"]
    assert (mass["usable"], mass["left"], mass["most"]) == (True, 3, 9)
    assert [(one["used"], one["most"]) for one in mass["quotas"]] == [(0, quota.most)]
    assert (links["usable"], links["trouble"], links["remedy"]) == (False, "The key k is wrong", "Take another")


def test_a_channel_that_stumbles_over_what_it_can_do_claims_nothing(browser_client, actor, found, monkeypatch):
    def stumble(_actor):
        raise RuntimeError("broken")

    monkeypatch.setattr(abilities, "_entries", {"test": Abilities("test", stumble)})
    examine(actor)
    assert shown(browser_client)["test"]["abilities"] == []
