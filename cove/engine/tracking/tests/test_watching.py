"""The live debugger through the front door: begun, kept up, ended; what it shows and for how long."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cove.engine.tracking.commands.watching import KEPT_OF_A_SOURCE, note_sightings
from cove.engine.tracking.contracts import WATCHED, Seen
from cove.engine.tracking.jobs import forget_old_sightings
from cove.engine.tracking.models import Sighting
from cove.kernel import clock
from cove.kernel.audit.models import AuditEntry
from cove.kernel.signposts.models import Signpost
from cove.kernel.words import Words

from .test_plan_api import JSON, add, publish

# The session, roles, source, sightings, the version in force, the signpost.
LIST_SEEN_QUERIES = 7


@pytest.fixture
def source(browser_client):
    made = browser_client.post("/api/tracking/sources", {"name": "官网", "allowed_origins": []}, **JSON)
    return made.json()["id"]


def begin(client, source, *, again=False):
    return client.post(f"/api/tracking/sources/{source}/watch", {"again": again}, **JSON)


def note(actor, source, *seen, left_out=0):
    note_sightings(actor, source_id=source, sightings=seen, left_out=left_out)


def event(name="order_paid", verdict="accepted", **fields):
    return Seen("track", name, "m1", clock.now(), verdict, **fields)


def shown(client, source, after=0):
    return client.get(f"/api/tracking/sources/{source}/seen?after={after}").json()


def test_looking_begins_and_goes_on(browser_client, source):
    assert shown(browser_client, source) == {"items": [], "watched": False}
    assert begin(browser_client, source).json() == {"seconds": 45}
    assert shown(browser_client, source)["watched"] is True
    first = Signpost.objects.get(kind=WATCHED).document["until"]
    with clock.shifted(timedelta(seconds=20)):
        begin(browser_client, source, again=True)
    assert Signpost.objects.get(kind=WATCHED).document["until"] > first + 15
    commands = AuditEntry.objects.filter(command__contains="watch").values_list("command", flat=True)
    assert sorted(name.rpartition(".")[2] for name in commands) == ["watch_source"]


def test_it_ends_by_itself(browser_client, source):
    begin(browser_client, source)
    with clock.shifted(timedelta(seconds=46)):
        assert shown(browser_client, source)["watched"] is False


def test_events_are_shown_with_verdict_remedy_and_what_the_plan_says(
    browser_client, actor, source, django_assert_num_queries
):
    add(browser_client)
    publish(browser_client)
    remedy = Words("缺少 url", "url is missing")
    note(
        actor,
        source,
        event(properties={"amount": 1}),
        event(properties={"amount": "1", "phone": "13912345678"}),
        event("?", "refused", code="collector.bad_event", message=remedy, fields={"url": remedy}),
        left_out=4,
    )
    with django_assert_num_queries(LIST_SEEN_QUERIES):
        refused, broken, fine = shown(browser_client, source)["items"]
    assert (fine["verdict"], fine["findings"], fine["left_out"]) == ("accepted", [], 4)
    assert sorted((one["kind"], one["property"], one["expected"]) for one in broken["findings"]) == [
        ("extra", "phone", ""),
        ("type", "amount", "number"),
    ]
    assert (refused["message"], refused["fields"], refused["findings"]) == (
        "url is missing",
        {"url": "url is missing"},
        [],
    )


def test_only_what_is_new_is_asked_for_once_it_has_settled(browser_client, actor, source):
    note(actor, source, event("a"))
    [first] = shown(browser_client, source)["items"]
    with clock.shifted(timedelta(seconds=5)):
        note(actor, source, event("b"))
        assert [one["name"] for one in shown(browser_client, source, first["id"])["items"]] == ["b"]
    with clock.shifted(timedelta(seconds=60)):
        assert shown(browser_client, source, first["id"] + 100)["items"] == []


def test_a_source_keeps_so_many_and_for_minutes(browser_client, actor, source):
    for _ in range(KEPT_OF_A_SOURCE // 50 + 2):
        note(actor, source, *(event(f"e{number}") for number in range(50)))
    assert Sighting.objects.count() == KEPT_OF_A_SOURCE
    forget_old_sightings()
    assert Sighting.objects.count() == KEPT_OF_A_SOURCE
    with clock.shifted(timedelta(minutes=11)):
        forget_old_sightings()
    assert Sighting.objects.count() == 0


def test_sources_of_nobody_cannot_be_looked_at(browser_client):
    assert begin(browser_client, 10**12).status_code == 404
    assert browser_client.get(f"/api/tracking/sources/{10**12}/seen").status_code == 404
