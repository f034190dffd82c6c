"""Drafts are published, mass messages go to whoever may get them, templates are tried: ordered here, done at the platform."""

from __future__ import annotations

import asyncio

import httpx
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cove.directory.people import facade as people
from cove.directory.people.contracts import Identity
from cove.directory.privacy import facade as privacy
from cove.engine.channels.wechat import queries
from cove.engine.channels.wechat.client import publishing
from cove.engine.channels.wechat.client.line import Line
from cove.engine.channels.wechat.commands.mass import _calls
from cove.engine.channels.wechat.models import WechatDraft, WechatFollower, WechatMassPart
from cove.engine.channels.wechat.queries.publishing import month
from cove.engine.channels.wechat.tests.test_sync import synced
from cove.engine.channels.wecom.tests.driving import facts_of, hear, settle_all
from cove.facts.wechat import CallbackAccepted


@pytest.fixture
def crowd(actor, account, weixin):
    """Four followers whom Cove knows and who agreed to marketing messages: their numbers at the platform and here."""
    persons = [weixin.person() for _ in range(4)]
    openids = [weixin.act(person, "follow") for person in persons]
    weixin.template("template", "订单通知", "订单{{thing1.DATA}} 金额{{amount2.DATA}}")
    _draft(actor, account)
    synced(actor, account)
    contacts = [people.number_by_identity(actor, Identity("wechat_openid", openid)) for openid in openids]
    for contact_id in contacts:
        agree(actor, contact_id)
    return list(zip(persons, contacts, strict=True))


def agree(actor, contact_id, **channels):
    from django.db import transaction

    with transaction.atomic():
        privacy.keep_choices(
            actor, contact_id=contact_id, source="form", purposes={"marketing": True}, channels=channels
        )


def _draft(actor, account):
    credentials = queries.credentials(actor, account.id)

    async def work():
        async with httpx.AsyncClient(timeout=60) as http:
            line = Line(credentials, http)
            thumb = await publishing.add_material(line, kind="image", name="a.jpg", content=b"x")
            await publishing.add_draft(line, [{"title": "春季新品", "content": "<p>新品</p>", "thumb_media_id": thumb}])

    asyncio.run(work())


@pytest.fixture
def send(browser_client, account):
    def sent(method, path, body=None):
        where = f"/api/channels/wechat/{account.id}/{path}"
        return getattr(browser_client, method)(where, body or {}, content_type="application/json")

    return sent


TEXT = {"form": "text", "content": "周末全场九折"}


def test_a_mass_message_reaches_whoever_may_be_written_to(actor, account, weixin, crowd, send):
    agree(actor, crowd[2][1], official_account=False)
    WechatFollower.objects.filter(contact_id=crowd[3][1]).update(mass_month=month(), mass_count=4)
    reach = send("post", "mass/reach", {"target": {"kind": "all"}}).json()
    assert (reach["found"], reach["reached"], reach["calls"]) == (4, 2, 1)
    assert {one["reason"]: one["count"] for one in reach["held"]} == {"unsubscribed": 1, "had_the_most": 1}
    answer = send("post", "mass", {"name": "周末活动", "message": TEXT, "target": {"kind": "all"}})
    assert answer.status_code == 201, answer.content
    assert (answer.json()["people"], answer.json()["held"], answer.json()["state"]) == (2, 2, "waiting")
    settle_all(actor)
    assert [len(weixin.texts(person)) for person, _ in crowd] == [1, 1, 0, 0]
    told = facts_of(actor, "messages.message_sent")
    assert {one["payload"]["contact_id"] for one in told} == {crowd[0][1], crowd[1][1]}
    assert told[0]["payload"]["cause"] == f"wechat_mass:{answer.json()['id']}"
    part = WechatMassPart.objects.get()
    event = {
        "MsgType": "event",
        "Event": "MASSSENDJOBFINISH",
        "FromUserName": account.original_id,
        "MsgID": part.msg_id,
    }
    hear(CallbackAccepted(account_id=account.id, event=event | {"Status": "send success", "SentCount": "1"}))
    settle_all(actor)
    (shown,) = send("get", "mass").json()["items"]
    assert (shown["state"], shown["sent"], shown["failed"]) == ("done", 1, 1)
    assert WechatFollower.objects.get(contact_id=crowd[0][1]).mass_count == 1


def test_who_refuses_meanwhile_is_left_out_and_told_of(actor, weixin, crowd, send):
    send("post", "mass", {"name": "一", "message": TEXT, "target": {"kind": "all"}})
    agree(actor, crowd[0][1], all=False)
    settle_all(actor)
    assert [len(weixin.texts(person)) for person, _ in crowd] == [0, 1, 1, 1]
    (failed,) = facts_of(actor, "messages.message_failed")
    assert (failed["payload"]["contact_id"], failed["payload"]["reason"]) == (crowd[0][1], "unsubscribed")


def test_a_mass_message_goes_to_a_tag_with_a_draft_and_can_be_looked_at_first(actor, weixin, crowd, send):
    from django.db import transaction

    with transaction.atomic():
        tag = people.ensure_tags(actor, group="来源", names=["展会"])["展会"]
        for _, contact_id in crowd[:2]:
            people.tag_contact(actor, contact_id=contact_id, add=[tag.id], source="console")
    (draft,) = send("get", "drafts").json()["items"]
    message = {"form": "draft", "draft_id": draft["id"]}
    assert send("post", "mass/test", {"message": message, "contact_id": crowd[3][1]}).status_code == 204
    target = {"kind": "tag", "tag_id": tag.id}
    answer = send("post", "mass", {"name": "新品", "message": message, "target": target})
    assert (answer.json()["text"], answer.json()["people"]) == ("春季新品", 2)
    settle_all(actor)
    assert [[kind for kind, _ in weixin.chat(person)] for person, _ in crowd] == [
        ["mpnews"],
        ["mpnews"],
        [],
        ["mpnews"],
    ]


def test_a_mass_message_that_cannot_be_is_refused_in_words(actor, crowd, send):
    good = {"name": "一", "message": TEXT, "target": {"kind": "all"}}
    wrong = [
        ({"name": " "}, "name"),
        ({"message": {"form": "text", "content": " "}}, "message"),
        ({"message": {"form": "text", "content": "字" * 690}}, "message"),
        ({"message": {"form": "draft", "draft_id": 1}}, "message"),
        ({"target": {"kind": "tag", "tag_id": 9}}, "target"),
    ]
    for change, field in wrong:
        refused = send("post", "mass", good | change)
        assert (refused.status_code, list(refused.json()["error"]["fields"])) == (422, [field])
    for _, contact_id in crowd[1:]:
        agree(actor, contact_id, all=False)
    refused = send("post", "mass", good)
    assert (refused.status_code, refused.json()["error"]["code"]) == (409, "wechat.nobody_to_reach")
    assert send("post", "mass/test", {"message": TEXT, "contact_id": 10**9}).status_code == 404


def test_what_the_platform_refuses_is_told_with_its_reason(actor, weixin, crowd, send):
    weixin.fault("cgi-bin/message/mass/send", "errcode", errcode=45028)
    send("post", "mass", {"name": "一", "message": TEXT, "target": {"kind": "all"}})
    settle_all(actor)
    (shown,) = send("get", "mass").json()["items"]
    assert (shown["state"], shown["failed"]) == ("failed", 4)
    assert shown["problem"]
    assert {one["payload"]["reason"] for one in facts_of(actor, "messages.message_failed")} == {"mass_quota_used"}


def test_a_lost_answer_does_not_send_twice(actor, weixin, crowd, send):
    weixin.fault("cgi-bin/message/mass/send", "drop", after=True, times=1)
    send("post", "mass", {"name": "一", "message": TEXT, "target": {"kind": "all"}})
    settle_all(actor)
    assert [len(weixin.texts(person)) for person, _ in crowd] == [1, 1, 1, 1]
    assert len(facts_of(actor, "messages.message_sent")) == 4


@pytest.mark.parametrize(
    ("count", "calls"), [(2, [2]), (10_000, [10_000]), (10_001, [9_999, 2]), (25_000, [10_000, 10_000, 5_000])]
)
def test_calls_have_two_to_ten_thousand(count, calls):
    cut = _calls(range(count))
    assert [len(one) for one in cut] == calls
    assert [number for one in cut for number in one] == list(range(count))


def test_a_draft_is_published_once(actor, account, crowd, send):
    (draft,) = send("get", "drafts").json()["items"]
    assert (draft["articles"][0]["title"], draft["state"]) == ("春季新品", "draft")
    assert send("post", f"drafts/{draft['id']}/publish").json()["state"] == "publishing"
    assert send("post", f"drafts/{draft['id']}/publish").json()["error"]["code"] == "wechat.not_a_draft"
    settle_all(actor)
    row = WechatDraft.objects.get()
    told = {"publish_id": row.publish_id, "publish_status": "0", "article_id": "A1"}
    told |= {"article_detail": {"count": "1", "item": {"idx": "1", "article_url": "https://mp.weixin.qq.com/s/x"}}}
    event = {"MsgType": "event", "Event": "PUBLISHJOBFINISH", "FromUserName": account.original_id}
    hear(CallbackAccepted(account_id=account.id, event=event | {"PublishEventInfo": told}))
    settle_all(actor)
    synced(actor, account)
    (shown,) = send("get", "drafts").json()["items"]
    assert (shown["state"], shown["article_url"]) == ("published", "https://mp.weixin.qq.com/s/x")


def test_a_template_is_tried_on_a_follower(actor, weixin, crowd, send):
    (template,) = send("get", "templates").json()["items"]
    assert template["fields"] == ["thing1", "amount2"]
    path, data = f"templates/{template['id']}/test", {"thing1": "沙发", "amount2": "¥3,999"}
    body = {"contact_id": crowd[0][1], "data": data, "link": ""}
    missing = send("post", path, body | {"data": {"thing1": "沙发"}})
    assert (missing.status_code, list(missing.json()["error"]["fields"])) == (422, ["data"])
    assert send("post", path, body | {"link": "javascript:x"}).status_code == 422
    assert send("post", path, body).status_code == 204
    settle_all(actor)
    assert [kind for kind, _ in weixin.chat(crowd[0][0])] == ["template"]


def test_lists_ask_as_often_for_many_as_for_one(actor, crowd, send):
    def asked(path):
        with CaptureQueriesContext(connection) as captured:
            assert send("get", path).status_code == 200
        return len(captured)

    for path in ("mass", "drafts"):
        send("post", "mass", {"name": "一", "message": TEXT, "target": {"kind": "all"}})
        before = asked(path)
        for number in range(3):
            send("post", "mass", {"name": f"{number}", "message": TEXT, "target": {"kind": "all"}})
        assert asked(path) == before
