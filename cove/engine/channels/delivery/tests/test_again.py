"""Deliveries on a page: found, explained, heard of, sent again; the rules beside them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction

from cove.directory.people import facade as people
from cove.directory.people.contracts import Identity
from cove.engine.channels.delivery import facade as delivery
from cove.engine.channels.delivery.commands import outbox
from cove.engine.channels.delivery.contracts import Again, Kind, Sent, Wanted, kinds
from cove.engine.channels.delivery.models import Delivery, Touch
from cove.facts.messages import MessageDelivered, MessageOpened
from cove.kernel import clock
from cove.kernel.actor import Link
from cove.kernel.log.publish import append_facts, pending
from cove.kernel.words import Words


async def _send(_order, _http):
    return Sent()


@pytest.fixture(autouse=True)
def test_kinds(monkeypatch):
    for name, again, channel in (("test.unsafe", Again.UNSAFE, "sms"), ("test.harmless", Again.HARMLESS, "email")):
        monkeypatch.setitem(kinds._entries, name, Kind(name, Words("测试", "Test"), again, _send, channel=channel))


@pytest.fixture
def contact_id(actor):
    return people.admit_contact(actor, identity=Identity("user", "a"), source="web")[0].id


def rows(client, query=""):
    return client.get(f"/api/deliveries?{query}").json()["items"]


def ended(actor, key, *, kind="test.unsafe", state="refused", contact=None, **more):
    delivery.deliver(actor, kind, key, {"contact_id": contact} if contact else {"x": 1})
    Delivery.objects.filter(key=key).update(state=state, finished_at=clock.now(), **more)
    return Delivery.objects.get(key=key)


def test_the_list_is_narrowed_by_each_of_its_filters(browser_client, actor, contact_id):
    ended(actor, "a", reason="unsubscribed", contact=contact_id, purpose="marketing")
    ended(actor, "b", kind="test.harmless", state="sent", heard="opened")
    assert len(rows(browser_client)) == 2
    for query in (
        "state=refused",
        "kind=test.unsafe",
        "reason=unsubscribed",
        "channel=sms",
        "purpose=marketing",
        f"contact_id={contact_id}",
    ):
        (found,) = rows(browser_client, query)
        assert (found["reason_label"], found["contact"]["id"]) == (
            "The contact unsubscribed from this channel",
            contact_id,
        ), query
    assert [one["heard_label"] for one in rows(browser_client, "heard=opened")] == ["Opened"]
    assert (
        rows(browser_client, "since=2199-01-01T00:00:00Z") == rows(browser_client, "until=1999-01-01T00:00:00Z") == []
    )
    assert browser_client.get("/api/deliveries?purpose=nonsense").status_code == 422
    choices = browser_client.get("/api/deliveries/choices").json()
    assert {"value": "sms", "label": "Text message"} in choices["channels"]


def test_a_delivery_tells_what_led_to_it(browser_client, actor):
    caused = actor.because(Link(1, "wecom.friend_added", "engine.channels.wecom.reactions.put_tags_on_platform"))
    delivery.deliver(caused, "test.unsafe", "a", {"x": 1})
    shown = browser_client.get(f"/api/deliveries/{Delivery.objects.get().id}").json()
    assert [step["fact"] for step in shown["causes"]] == ["Friend added"]
    assert (shown["key"], shown["again"], "under way" in shown["why_not_again"]) == ("a", False, True)
    assert browser_client.get("/api/deliveries/999999999").status_code == 404


@pytest.mark.parametrize(
    ("kind", "more", "again"),
    [
        ("test.unsafe", {"state": "refused", "reason": "bad_request"}, True),
        ("test.unsafe", {"state": "failed", "reason": "busy"}, True),
        ("test.unsafe", {"state": "unknown", "reason": "no_answer", "doubtful": True}, False),
        ("test.harmless", {"state": "unknown", "reason": "no_answer", "doubtful": True}, True),
        ("test.unsafe", {"state": "sent"}, False),
        ("test.unsafe", {"state": "refused", "reason": "erased", "payload": {}}, False),
        ("test.unsafe", {"state": "failed", "not_after": clock.now() - timedelta(days=1)}, False),
    ],
)
def test_only_what_surely_did_not_happen_is_sent_again(browser_client, actor, kind, more, again):
    row = ended(actor, "a", kind=kind, **more)
    (shown,) = rows(browser_client)
    answer = browser_client.post(f"/api/deliveries/{row.id}/send-again", {}, content_type="application/json")
    assert (shown["again"], answer.status_code) == (again, 200 if again else 409)
    if again:
        assert [order.key for order in outbox.claim_due(actor, claim=1, limit=10)] == ["a"]
    else:
        assert answer.json()["error"]["code"] == "delivery.cannot_repeat"


def tell_of(key, at):
    told = {"source": "email", "channel": "email", "message_key": key}
    facts = [(MessageOpened(**told), at), (MessageDelivered(**told), at - timedelta(minutes=5))]
    append_facts([pending(fact, at=moment, chain=()) for fact, moment in facts])


def test_what_is_heard_later_stands_beside_it_and_the_newest_counts(browser_client, actor, drain):
    ended(actor, "a", state="sent")
    tell_of("a", clock.now())
    drain()
    (shown,) = rows(browser_client)
    assert shown["heard"] == "opened"


def test_many_are_put_in_at_the_cost_of_one(actor, contact_id):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def put(prefix, count):
        wanted = [Wanted(f"{prefix}{number}", {"contact_id": contact_id}) for number in range(count)]
        with CaptureQueriesContext(connection) as queries:
            assert delivery.deliver_many(actor, "test.unsafe", wanted) == count
        return len(queries)

    assert put("a", 1) == put("b", 900)
    assert delivery.deliver_many(actor, "test.unsafe", [Wanted("a0", {}), Wanted("new", {}), Wanted("new", {})]) == 1


def test_rules_over_the_api(browser_client):
    body = {"quiet_from": "21:30", "quiet_until": "08:00", "quiet_then": "refuse", "most_a_day": 2}
    answer = browser_client.put("/api/reach-rules", body, content_type="application/json")
    assert answer.status_code == 200, answer.content
    shown = browser_client.get("/api/reach-rules").json()
    assert (shown["quiet_from"], shown["quiet_then"], shown["most_a_day"], shown["most_a_week"]) == (
        "21:30",
        "refuse",
        2,
        None,
    )
    assert shown["timezone"] == "Asia/Shanghai"
    paused = browser_client.put("/api/reach-rules/pause", {"paused": True}, content_type="application/json").json()
    assert (paused["paused"], paused["quiet_from"]) == (True, "21:30")
    wrong = browser_client.put(
        "/api/reach-rules", {"quiet_from": "21:30", "quiet_until": ""}, content_type="application/json"
    )
    assert (wrong.status_code, list(wrong.json()["error"]["fields"])) == (422, ["quiet_until"])


def test_what_is_for_several_goes_on_without_whoever_is_erased(actor, contact_id):
    from cove.engine.channels.delivery.commands.personal_data import DELIVERIES, TOUCHES
    from cove.kernel.personal_data import Person

    other = people.admit_contact(actor, identity=Identity("user", "b"), source="web")[0].id
    delivery.deliver(actor, "test.unsafe", "many", {"contact_ids": [contact_id, other]})
    delivery.deliver(actor, "test.unsafe", "one", {"contact_id": contact_id})
    Touch.objects.create(contact_id=contact_id, delivery_id=1, at=clock.now())
    with transaction.atomic():
        DELIVERIES.erase(actor, Person(contact_id))
        TOUCHES.erase(actor, Person(contact_id))
    many, one = Delivery.objects.order_by("id")
    assert (many.state, many.payload) == ("pending", {"contact_ids": [other]})
    assert (one.state, one.reason, one.contact_id, one.payload) == ("refused", "erased", None, {})
    assert Touch.objects.count() == 0


@pytest.mark.parametrize("kind", ["wecom_external", "wechat_openid"])
def test_what_names_the_erased_as_a_platform_does_goes_no_more(actor, kind):
    from cove.engine.channels.delivery.commands.personal_data import DELIVERIES
    from cove.kernel.personal_data import Person

    delivery.deliver(actor, "test.harmless", "fetch:oAbc-1", {"whom": "oAbc-1", "text": "hello"}, lane="oAbc-1")
    delivery.deliver(actor, "test.harmless", "fetch:other", {"whom": "other"})
    with transaction.atomic():
        DELIVERIES.erase(actor, Person(0, identities=((kind, "oAbc-1"),)))
    his, other = Delivery.objects.order_by("id")
    assert (his.state, his.reason, his.payload, his.lane, "oAbc" in his.key) == ("refused", "erased", {}, "", False)
    assert (other.state, other.payload) == ("pending", {"whom": "other"})
