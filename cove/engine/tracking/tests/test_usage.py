"""Product usage: accounts as events tell of them, their people, and contacts who got to a PQL event."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from cove.directory.org.facade import actor_of
from cove.directory.people.contracts import Identity, Profile
from cove.directory.people.facade import admit_contact, join_visitor
from cove.engine.tracking.commands import usage
from cove.engine.tracking.models import Account, PlanVersion, PqlTouch
from cove.engine.tracking.queries.usage import usage_report
from cove.facts.tracking import AccountJoined, EventTracked, PageViewed, VisitorIdentified
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.errors import Forbidden
from cove.kernel.log.publish import append_facts, pending

# 2026-03-02 00:30 in Shanghai.
AT = datetime(2026, 3, 1, 16, 30, tzinfo=UTC)
PERIOD = {"from": "2026-03-01", "to": "2026-03-02"}


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: AT + timedelta(hours=6))


def tell(fact, at=AT):
    append_facts([pending(fact, at=at, chain=())])


def did(visitor, event, account="acme", *, at=AT, **more):
    tell(EventTracked(visitor_id=visitor, message_id=f"{visitor}{event}{at}", event=event, account=account, **more), at)


def joined(visitor, account, at=AT, proof="server", **traits):
    message_id = f"{visitor}{account}{at}"
    tell(AccountJoined(visitor_id=visitor, message_id=message_id, account=account, traits=traits, proof=proof), at)


def contact(actor, name, *visitors):
    card, _ = admit_contact(actor, identity=Identity("user", name), source="web", profile=Profile(name=name))
    for visitor in visitors:
        join_visitor(actor, contact_id=card.id, visitor_id=visitor, how="identify")
    return card


def pql_of(actor):
    sql = "SELECT contact_id, payload->>'event', payload->>'account', at FROM log_fact WHERE tenant_id = %s AND kind = %s ORDER BY position"
    with connection.cursor() as cursor:
        cursor.execute(sql, [actor.tenant_id, "tracking.pql_reached"])
        return cursor.fetchall()


@pytest.fixture
def plan(actor):
    """A plan in force that marks “invited” as PQL."""
    events = [
        {"name": name, "note": "", "status": status, "pql": pql, "properties": []}
        for name, status, pql in (("invited", "live", True), ("opened", "live", False), ("bought", "retired", True))
    ]
    PlanVersion.objects.create(number=1, document={"events": events}, published_at=AT)


def test_accounts_are_known_by_what_is_told_of_them(actor, drain):
    joined(1, "acme", name="Acme Ltd", plan="pro", seats=3)
    did(1, "opened", at=AT + timedelta(hours=1))
    did(2, "opened", "nameless")
    drain()
    joined(1, "acme", AT + timedelta(hours=2), plan="team")
    drain()
    found = {one.key: one for one in Account.objects.all()}
    assert (found["acme"].name, found["acme"].traits) == ("Acme Ltd", {"name": "Acme Ltd", "plan": "team", "seats": 3})
    assert (found["acme"].first_seen_at, found["acme"].last_seen_at) == (AT, AT + timedelta(hours=2))
    assert found["nameless"].name == "nameless"


@pytest.mark.parametrize(("proof", "column"), [("server", "traits"), ("none", "claims")])
def test_traits_are_bounded_and_accounts_are_no_more_than_so_many(actor, drain, monkeypatch, proof, column):
    joined(1, "acme", proof=proof, name="n" * 999, **{f"t{number}": {"deep": "x" * 999} for number in range(80)})
    drain()
    [row] = Account.objects.all()
    assert len(row.name) == 200
    assert len(getattr(row, column)) == usage.MOST_TRAITS
    assert all(len(value) <= usage.LONGEST_TRAIT for value in getattr(row, column).values())
    joined(1, "acme", AT + timedelta(minutes=1), proof, t0="changed", one_more="x")
    drain()
    [row] = Account.objects.all()
    assert (len(getattr(row, column)), getattr(row, column)["t0"]) == (usage.MOST_TRAITS, "changed")
    monkeypatch.setattr(usage, "MOST_ACCOUNTS", 1)
    joined(1, "other", name="Other")
    joined(1, "acme", AT + timedelta(hours=1), name="Acme")
    drain()
    assert [one.name for one in Account.objects.all()] == ["Acme"]


def test_what_pages_say_of_an_account_is_kept_aside_and_marked(actor, drain, browser_client):
    """docs/identity.md, rule 5a."""
    joined(1, "acme", proof="none", name="Akme", plan="free")
    drain()
    [row] = Account.objects.all()
    assert (row.name, row.name_verified, row.traits) == ("Akme", False, {})

    joined(2, "acme", AT + timedelta(minutes=1), "server", name="Acme Ltd", plan="pro")
    joined(1, "acme", AT + timedelta(minutes=2), "signature", name="Hacked", plan="free", seats=9)
    drain()
    joined(1, "acme", AT + timedelta(minutes=3), "none", plan="pro")
    drain()

    found = browser_client.get(f"/api/tracking/accounts/{row.id}", PERIOD).json()
    assert (found["account"]["name"], found["account"]["name_verified"]) == ("Acme Ltd", True)
    assert [(one["name"], one["value"], one["verified"]) for one in found["traits"]] == [
        ("name", "Acme Ltd", True),
        ("name", "Hacked", False),
        ("plan", "pro", True),
        ("seats", "9", False),
    ]


def test_what_is_told_of_a_user_is_not_his_accounts(actor, drain):
    who = VisitorIdentified(
        visitor_id=1,
        message_id="m",
        user_id="u",
        user_visitor=2,
        account="acme",
        traits={"name": "李雷"},
        proof="server",
    )
    tell(who)
    drain()
    [row] = Account.objects.all()
    assert (row.name, row.traits, row.claims) == ("acme", {}, {})


def test_what_is_suspicious_makes_no_account(actor, drain):
    did(1, "opened", "fake", suspicion=100)
    drain()
    assert not Account.objects.exists()


def test_usage_counts_people_once_and_leaves_suspicious_traffic_out(actor, browser_client, drain):
    contact(actor, "Li", 1, 2)
    did(1, "opened")
    did(2, "opened")
    did(2, "invited")
    did(3, "opened", "other")
    did(4, "opened", suspicion=100)
    tell(PageViewed(visitor_id=1, message_id="p", url="https://a.cn/", account="acme"), AT - timedelta(days=1))
    drain()
    found = browser_client.get("/api/tracking/usage", PERIOD).json()
    assert [found[name] for name in ("accounts", "users", "events", "pql")] == [2, 2, 5, 0]
    assert [(one["day"], one["accounts"], one["users"], one["events"]) for one in found["days"]] == [
        ("2026-03-01", 1, 1, 1),
        ("2026-03-02", 2, 2, 4),
    ]
    assert [(one["event"], one["accounts"], one["users"], one["events"]) for one in found["features"]] == [
        ("opened", 2, 2, 3),
        ("invited", 1, 1, 1),
    ]
    everything = browser_client.get("/api/tracking/usage", {**PERIOD, "exclude_suspicious": "false"}).json()
    assert (everything["users"], everything["events"]) == (3, 6)


def test_accounts_are_listed_with_their_last_weeks(actor, browser_client, drain):
    joined(1, "acme", name="Acme Ltd")
    did(1, "opened")
    did(2, "opened")
    did(1, "opened", at=AT - timedelta(days=30))
    did(3, "opened", "old", at=AT - timedelta(days=90))
    drain()
    found = browser_client.get("/api/tracking/accounts").json()
    assert [one["name"] for one in found["items"]] == ["Acme Ltd", "old"]
    acme = found["items"][0]
    assert (acme["users"], acme["users_before"], acme["events"]) == (2, 1, 2)
    assert (len(acme["trend"]), acme["trend"][-1], sum(acme["trend"])) == (28, 2, 2)
    assert [one["name"] for one in browser_client.get("/api/tracking/accounts?search=ACME").json()["items"]] == [
        "Acme Ltd"
    ]
    silent = browser_client.get("/api/tracking/accounts?silent_days=60").json()
    assert ([one["name"] for one in silent["items"]], silent["total"]) == (["old"], 1)
    first = browser_client.get("/api/tracking/accounts?limit=1").json()
    following = browser_client.get(f"/api/tracking/accounts?limit=1&cursor={first['next_cursor']}").json()
    assert [one["name"] for one in following["items"]] == ["old"]


def test_an_account_shows_its_people_and_counts_the_unknown(actor, browser_client, drain):
    li = contact(actor, "Li", 1)
    joined(1, "acme", name="Acme Ltd", owner="13812345678")
    for minute in range(3):
        did(1, "opened", at=AT + timedelta(minutes=minute))
    did(2, "opened")
    did(3, "opened", "other")
    drain()
    row = Account.objects.get(key="acme")
    found = browser_client.get(f"/api/tracking/accounts/{row.id}", PERIOD).json()
    assert found["account"]["name"] == "Acme Ltd"
    assert {one["name"]: one["value"] for one in found["traits"]} == {"name": "Acme Ltd", "owner": "13812345678"}
    assert (found["usage"]["users"], found["usage"]["events"]) == (2, 4)
    assert [(one["contact_id"], one["name"], one["people"], one["events"]) for one in found["people"]] == [
        (li.id, "Li", 1, 3),
        (None, "", 1, 1),
    ]
    assert browser_client.get(f"/api/tracking/accounts/{row.id + 1000}", PERIOD).status_code == 404


def test_whom_only_a_page_puts_into_an_account_is_marked(actor, browser_client, drain):
    """docs/identity.md, rule 5a."""
    li, wang, page = contact(actor, "Li", 1), contact(actor, "Wang", 2), contact(actor, "Page", 3)
    for visitor, proof in ((1, "signature"), (2, "server"), (3, "none"), (4, "none"), (5, "server"), (6, "none")):
        did(visitor, "opened", proof=proof)
    did(1, "opened", at=AT + timedelta(minutes=1))
    did(3, "opened", "other", proof="server")
    drain()
    row = Account.objects.get(key="acme")
    found = browser_client.get(f"/api/tracking/accounts/{row.id}", PERIOD).json()["people"]
    assert {one["contact_id"]: one["verified"] for one in found if one["contact_id"]} == {
        li.id: True,
        wang.id: True,
        page.id: False,
    }
    assert [(one["verified"], one["people"]) for one in found if not one["contact_id"]] == [(True, 1), (False, 2)]


def test_usage_is_for_whoever_has_the_right(actor):
    with pytest.raises(Forbidden):
        usage_report(Actor(actor.tenant_id, "member", member_id=1), first=AT.date(), last=AT.date())


def test_a_contact_reaches_pql_once_by_the_plan_in_force(actor, plan, drain):
    li = contact(actor, "Li", 1, 2)
    drain()
    for visitor, event in ((1, "opened"), (1, "invited"), (1, "invited"), (2, "invited"), (1, "bought")):
        did(visitor, event, at=AT + timedelta(seconds=visitor))
    did(1, "invited", "other", at=AT + timedelta(hours=1))
    drain()
    assert pql_of(actor) == [(li.id, "invited", "acme", AT + timedelta(seconds=1))]


def test_who_turns_out_to_be_a_contact_later_reached_it_when_he_did_it(actor, plan, drain, browser_client):
    did(7, "invited")
    did(8, "invited", suspicion=90)
    drain()
    assert pql_of(actor) == []
    li = contact(actor, "Li", 7, 8)
    drain()
    assert pql_of(actor) == [(li.id, "invited", "acme", AT)]
    assert PqlTouch.objects.count() == 1
    captions = [one["caption"] for one in browser_client.get(f"/api/contacts/{li.id}/timeline").json()["items"]]
    assert "Did the PQL event “invited” for the first time" in captions


def test_two_visitors_who_are_one_contact_reach_it_once(actor, plan, drain):
    did(7, "invited")
    did(8, "invited")
    drain()
    li = contact(actor, "Li", 7, 8)
    drain()
    assert pql_of(actor) == [(li.id, "invited", "acme", AT)]
    assert PqlTouch.objects.count() == 1


def test_the_administrator_sees_the_right(actor, administrator):
    assert "tracking.see_usage" in actor_of(actor, administrator.id).rights


def test_an_event_done_often_in_a_batch_is_looked_at_once(actor, plan, drain, monkeypatch):
    from cove.engine.tracking.reactions import usage

    looked: list[str] = []
    really = usage.note_pql
    monkeypatch.setattr(usage, "note_pql", lambda who, **said: (looked.append(said["event"]), really(who, **said)))
    for minute in range(3):
        did(1, "invited", at=AT + timedelta(minutes=minute))
    did(2, "invited")
    drain()
    assert looked == ["invited", "invited"]
