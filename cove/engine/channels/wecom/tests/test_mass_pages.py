"""Mass messages as the console shows them: ordered for whom a list finds, followed, reminded of, taken back."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cove.directory.people import facade as people
from cove.directory.people.contracts import Identity
from cove.engine.channels.delivery.models import Delivery
from cove.engine.channels.wecom.jobs.rounds import tend
from cove.engine.channels.wecom.models import WecomMassTask
from cove.engine.channels.wecom.tests.driving import facts_of, settle_all
from cove.engine.channels.wecom.tests.test_contract import make_group
from cove.engine.channels.wecom.tests.test_sync import synced
from cove.engine.channels.wecom.tests.test_tasks import reread
from cove.kernel import clock

URL = "/api/mass-messages"


@pytest.fixture
def order(browser_client, administrator, actor):
    """Give a function that orders a mass message and lets the platform make it; it answers with the response."""

    def send(**fields):
        body = {"name": "春季新品", "text": "新品到店", "aim": {"kind": "customers"}, **fields}
        answer = browser_client.post(URL, body, content_type="application/json")
        settle_all(actor)
        return answer

    return send


def shown(client, mass_id):
    return client.get(f"{URL}/{mass_id}").json()


def results(client, mass_id, **query):
    return client.get(f"{URL}/{mass_id}/results", query).json()["items"]


def test_from_a_tag_to_the_result_of_each_customer(order, browser_client, actor, platform, friends):
    (first, phone, _), (second, _, _), (other, _, _) = friends(3)
    tag = people.ensure_tags(actor, group="兴趣", names=["新品"])["新品"]
    for contact in (first, second):
        people.tag_contact(actor, contact_id=contact, add=[tag.id], source="console")
    stranger, _ = people.admit_contact(actor, identity=Identity("phone", "13800000000"), source="console")
    people.tag_contact(actor, contact_id=stranger.id, add=[tag.id], source="console")
    aim = {"kind": "customers", "tag_id": tag.id}
    reach = browser_client.post(f"{URL}/preview", {"aim": aim}, content_type="application/json").json()
    assert (reach["found"], reach["reached"], sum(one["count"] for one in reach["left_out"])) == (3, 2, 1)
    answer = order(aim=aim, attachments=[{"kind": "link", "title": "店铺", "url": "https://shop.example/"}])
    assert answer.status_code == 201, answer.content
    (made,) = answer.json()
    assert (made["waiting"], made["sent"], [one["count"] for one in made["failed"]]) == (2, 0, [1])
    reread(actor)
    row = shown(browser_client, made["id"])
    assert (row["state"], row["members"], row["members_sent"], row["attachments"][0]["title"]) == ("made", 1, 0, "店铺")
    (member,) = browser_client.get(f"{URL}/{made['id']}/members").json()["items"]
    assert (member["member"]["name"], member["sent_at"]) == ("陈雨晴", None)
    platform.ask("POST", f"mass/{WecomMassTask.objects.get().msgid}/members/ChenYuqing")
    assert "新品到店" in platform.messages(phone)
    assert browser_client.post(f"{URL}/{made['id']}/refresh").json() == {"done": True}
    settle_all(actor)
    row = shown(browser_client, made["id"])
    assert (row["state"], row["members_sent"], row["sent"], row["waiting"]) == ("done", 1, 2, 0)
    assert {one["contact"]["id"] for one in results(browser_client, made["id"], state="sent")} == {first, second}
    (left_out,) = results(browser_client, made["id"], state="failed")
    assert (left_out["contact"]["id"], bool(left_out["reason"])) == (stranger.id, True)
    sent = facts_of(actor, "messages.message_sent")
    assert sorted(row["payload"]["contact_id"] for row in sent) == sorted([first, second])
    assert other not in {row["payload"]["contact_id"] for row in sent}


def test_a_list_of_contacts_is_a_target_as_it_is_narrowed(browser_client, actor, administrator, friends):
    from cove.directory.people.models import Contact

    (_, _, _), (lost, _, _) = friends(2)
    Contact.objects.filter(id=lost).update(owner_count=0)
    for state, found in (("", 2), ("current", 1), ("lost", 1)):
        aim = {"kind": "customers", "state": state}
        reach = browser_client.post(f"{URL}/preview", {"aim": aim}, content_type="application/json").json()
        assert reach["found"] == found, state


def test_reminding_and_stopping_by_the_page(order, browser_client, actor, platform, friends):
    friends(2)
    (made,) = order().json()
    assert browser_client.post(f"{URL}/{made['id']}/remind").json() == {"done": True}
    _hurry(actor)
    assert shown(browser_client, made["id"])["reminded_at"] is not None
    platform.fault("externalcontact/remind_groupmsg_send", "errcode", errcode=41094)
    Delivery.objects.filter(kind="wecom.remind_mass").update(key="done")
    browser_client.post(f"{URL}/{made['id']}/remind")
    _hurry(actor)
    assert shown(browser_client, made["id"])["reminder"]
    assert browser_client.post(f"{URL}/{made['id']}/cancel").json() == {"done": True}
    _hurry(actor)
    row = shown(browser_client, made["id"])
    assert (row["state"], row["waiting"]) == ("cancelled", 2)
    assert browser_client.post(f"{URL}/{made['id']}/cancel").json() == {"done": False}


def _hurry(actor):
    """What the platform is still handing out is asked for again in seconds: tests do not wait."""
    for _ in range(30):
        settle_all(actor)
        waiting = Delivery.objects.filter(state="pending")
        if not waiting.exists():
            return
        waiting.update(not_before=clock.now())


def test_who_sent_before_it_was_stopped_is_still_told(order, browser_client, actor, platform, friends):
    ((contact, _, _),) = friends(1)
    (made,) = order().json()
    reread(actor)
    platform.ask("POST", f"mass/{WecomMassTask.objects.get().msgid}/members/ChenYuqing")
    assert browser_client.post(f"{URL}/{made['id']}/cancel").json() == {"done": True}
    _hurry(actor)
    row = shown(browser_client, made["id"])
    assert (row["state"], row["sent"]) == ("cancelled", 1)
    assert [one["payload"]["contact_id"] for one in facts_of(actor, "messages.message_sent")] == [contact]


def test_groups_get_it_from_their_owners(order, browser_client, actor, channel, platform):
    make_group(platform, platform.person())
    make_group(platform, platform.person(), name="另一群")
    synced(actor)
    (made,) = order(aim={"kind": "groups"}).json()
    assert (made["kind"], made["waiting"]) == ("group", 2)
    listed = browser_client.get("/api/customer-groups", {"search": "团购"}).json()["items"]
    aim = {"kind": "groups", "group_ids": [listed[0]["id"]]}
    reach = browser_client.post(f"{URL}/preview", {"aim": aim}, content_type="application/json").json()
    assert (reach["found"], reach["reached"]) == (1, 1)
    (made,) = order(aim=aim).json()
    (row,) = results(browser_client, made["id"])
    assert (row["group"]["name"], row["member"]["name"]) == ("春季团购群", "陈雨晴")


@pytest.mark.parametrize(
    ("fields", "status", "where"),
    [
        ({"text": ""}, 422, "text"),
        ({"name": " "}, 422, "name"),
        ({"text": "长" * 1400}, 422, "text"),
        ({"attachments": [{"kind": "link", "title": "x", "url": "ftp://x"}]}, 422, "attachments"),
        ({"sender_id": 10**12}, 422, "sender_id"),
        ({"aim": {"kind": "customers", "search": "没有这个人"}}, 409, "wecom.nobody_to_reach"),
    ],
)
def test_wrong_orders_say_what_is_wrong(order, channel, fields, status, where):
    answer = order(**fields)
    assert answer.status_code == status, answer.content
    assert where in answer.content.decode()
    assert WecomMassTask.objects.count() == 0


def test_without_a_channel_it_says_so(order):
    answer = order()
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "wecom.not_configured")


def test_ten_messages_are_listed_with_as_many_questions_as_one(order, browser_client, actor, friends):
    friends(2)
    order()
    with CaptureQueriesContext(connection) as one:
        assert len(browser_client.get(URL).json()["items"]) == 1
    for number in range(9):
        order(name=f"第 {number} 次")
    with CaptureQueriesContext(connection) as ten:
        assert len(browser_client.get(URL).json()["items"]) == 10
    assert len(ten) == len(one) <= 14
    assert [row["name"] for row in browser_client.get(URL, {"search": "第 3"}).json()["items"]] == ["第 3 次"]
    assert browser_client.get(URL, {"state": "cancelled"}).json()["items"] == []


def test_who_may_not_send_sees_nothing(browser_client, administrator, actor, friends, order):
    friends(1)
    order()
    tend(actor)
    from cove.directory.org.models import RoleGrant

    RoleGrant.objects.filter(member=administrator).delete()
    assert browser_client.get(URL).status_code == 403
