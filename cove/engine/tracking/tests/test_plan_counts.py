"""The log held against the plan: counted by day and kind with samples, nothing lost, and taken into the plan in one step."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction

from cove.directory.people import facade as people
from cove.directory.people.contracts import Identity
from cove.engine.tracking.commands import plan_counts as counting
from cove.engine.tracking.models import PlanCount
from cove.facts.tracking import EventTracked
from cove.kernel import clock
from cove.kernel.log.publish import append_facts, pending
from cove.kernel.personal_data import Person, holders, retained

from .test_plan_api import JSON, add, publish

BREACHES = "/api/tracking/plan/breaches"


@pytest.fixture
def plan(browser_client):
    add(browser_client)
    publish(browser_client)


def came(event, *, visitor=7, message="m", **properties):
    fact = EventTracked(visitor_id=visitor, message_id=message, event=event, source_id=3, properties=properties)
    append_facts([pending(fact, at=None, chain=())])


def adopt(client, kind, event, name=""):
    return client.post("/api/tracking/plan/adopted", {"kind": kind, "event": event, "property": name}, **JSON)


def test_every_breach_is_counted_with_samples_and_nothing_is_left_out(browser_client, plan, actor, drain):
    for number in range(8):
        came("order_paid", message=f"e{number}", amount=1, currency="EUR")
    came("order_paid", amount=2, colour="red")
    came("order_paid", currency="CNY")
    came("mystery", size=3)
    drain()
    found = {(one["event"], one["property"], one["kind"]): one for one in browser_client.get(BREACHES).json()["items"]}
    assert {key: one["count"] for key, one in found.items()} == {
        ("order_paid", "currency", "choice"): 8,
        ("order_paid", "colour", "extra"): 1,
        ("order_paid", "amount", "missing"): 1,
        ("mystery", "", "unplanned"): 1,
    }
    choice = found["order_paid", "currency", "choice"]
    assert [one["message_id"] for one in choice["samples"]] == [f"e{number}" for number in range(5)]
    assert (choice["samples"][0]["got"], choice["samples"][0]["expected"]) == ("EUR", "CNY | USD")
    assert choice["days"] == [0, 0, 0, 0, 0, 0, 8]
    assert found["mystery", "", "unplanned"]["samples"][0]["got"] == {"size": 3}
    [row] = browser_client.get("/api/tracking/plan/events").json()["items"]
    assert (row["arrived"], row["breaches"]) == (10, 10)
    from cove.kernel.log.models import SetAside

    assert SetAside.objects.count() == 0


def test_counts_go_on_over_batches_and_days(browser_client, plan, drain):
    came("mystery", n=1)
    drain()
    came("mystery", n=2)
    drain()
    with clock.shifted(timedelta(days=1)):
        browser_client.post("/api/session", {}, **JSON)
        append_facts([pending(EventTracked(visitor_id=1, message_id="x", event="mystery"), at=None, chain=())])
        drain()
    rows = PlanCount.objects.filter(kind="unplanned").order_by("day")
    assert sum(row.count for row in rows) == 3
    assert len(rows[0].samples) >= 2


def test_the_list_is_narrowed_by_kind_event_and_days(browser_client, plan, drain):
    came("order_paid", amount="x")
    came("mystery")
    drain()
    assert [one["event"] for one in browser_client.get(f"{BREACHES}?kind=type").json()["items"]] == ["order_paid"]
    assert [one["kind"] for one in browser_client.get(f"{BREACHES}?event=mystery").json()["items"]] == ["unplanned"]
    assert len(browser_client.get(f"{BREACHES}?days=30").json()["items"][0]["days"]) == 30
    assert browser_client.get(f"{BREACHES}?days=31").status_code == 422


def test_without_a_published_plan_everything_is_unplanned(browser_client, drain):
    came("order_paid", amount=1)
    drain()
    assert [one["kind"] for one in browser_client.get(BREACHES).json()["items"]] == ["unplanned"]


def test_an_unplanned_event_is_taken_into_the_plan_with_its_properties(browser_client, drain):
    came("signed_up", age=30, plan="pro", at="2026-01-31T08:00:00Z", **{"$claimed_user_id": "u1"})
    came("signed_up", age=31.5, plan=None, trial=True)
    drain()
    taken = adopt(browser_client, "unplanned", "signed_up")
    assert taken.status_code == 201, taken.content
    assert taken.json()["status"] == "draft"
    assert [one["planned"] for one in browser_client.get(BREACHES).json()["items"]] == [True]
    assert [(one["name"], one["type"]) for one in taken.json()["properties"]] == [
        ("at", "time"),
        ("age", "number"),
        ("plan", "text"),
        ("trial", "boolean"),
    ]
    assert adopt(browser_client, "unplanned", "signed_up").json()["error"]["code"] == "tracking.event_name_taken"


def test_a_property_and_a_choice_are_taken_into_the_plan(browser_client, plan, drain):
    came("order_paid", amount=1, currency="EUR", colour=3)
    drain()
    adopt(browser_client, "extra", "order_paid", "colour")
    taken = adopt(browser_client, "choice", "order_paid", "currency").json()
    assert [(one["name"], one["type"], one["choices"]) for one in taken["properties"]] == [
        ("amount", "number", []),
        ("currency", "text", ["CNY", "USD", "EUR"]),
        ("colour", "integer", []),
    ]
    publish(browser_client)
    came("order_paid", amount=1, currency="EUR", colour=3)
    drain()
    assert {one["kind"]: one["count"] for one in browser_client.get(BREACHES).json()["items"]} == {
        "choice": 1,
        "extra": 1,
    }


def test_what_never_came_cannot_be_taken(browser_client, plan):
    for kind, event, name in (("unplanned", "ghost", ""), ("extra", "order_paid", "ghost"), ("type", "ghost", "a")):
        refused = adopt(browser_client, kind, event, name)
        assert (refused.status_code, refused.json()["error"]["code"]) == (409, "tracking.nothing_came")


def test_names_out_of_nowhere_are_bounded_and_what_is_planned_is_not(browser_client, plan, drain, monkeypatch):
    monkeypatch.setattr(counting, "MOST_NAMES_A_DAY", 3)
    for number in range(10):
        came(f"junk_{number}")
    came("order_paid", currency="EUR")
    drain()
    found = {(one["event"], one["kind"]): one["count"] for one in browser_client.get(BREACHES).json()["items"]}
    assert found["", "unplanned"] == 7
    assert sum(count for (_, kind), count in found.items() if kind == "unplanned") == 10
    assert found["order_paid", "choice"] == 1
    came("junk_9")
    drain()
    assert PlanCount.objects.filter(kind="unplanned").count() == 4


def test_a_phone_in_a_sample_is_masked_for_whoever_may_not_see_it(browser_client, plan, actor, drain):
    from cove.engine.tracking.api.samples import shown_deep

    came("order_paid", amount=1, note="请联系 13912345678")
    drain()
    [one] = browser_client.get(f"{BREACHES}?kind=extra").json()["items"]
    assert one["samples"][0]["got"] == "请联系 13912345678"
    from cove.kernel.actor import Actor

    blind = Actor(tenant_id=actor.tenant_id, kind="member", member_id=1)
    assert "13912345678" not in str(shown_deep(blind, {"a": ["请联系 13912345678"], "b": 13912345678}))


def test_an_erased_persons_samples_go_and_the_counts_stay(actor, browser_client, plan, drain):
    contact, _ = people.admit_contact(actor, identity=Identity("user", "a"), source="web")
    came("mystery", visitor=7, name="张三")
    came("mystery", visitor=8, name="李四")
    drain()
    person = Person(contact.id, visitors=(7,))
    holder = holders["tracking.plan_samples"]
    assert holder.count(actor, person) == 1
    assert [one["got"] for one in holder.collect(actor, person)] == [{"name": "张三"}]
    with transaction.atomic():
        assert holder.erase(actor, person) == 1
        assert holder.erase(actor, Person(contact.id)) == 0
    [row] = PlanCount.objects.filter(kind="unplanned")
    assert (row.count, [one["got"] for one in row.samples]) == (2, [{"name": "李四"}])
    assert holder.count(actor, person) == 0


def test_old_counts_go(actor, plan, drain):
    came("mystery")
    drain()
    kept = retained["tracking.plan_counts"]
    later = clock.now() + timedelta(minutes=1)
    assert kept.count(actor, later) == 1
    assert kept.remove(actor, later, 10) == 1
    assert kept.count(actor, later) == 0
