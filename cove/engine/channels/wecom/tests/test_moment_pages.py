"""Moments as the console shows them: asked for, published by members, liked by customers, taken back."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cove.directory.people import facade as people
from cove.engine.channels.wecom.models import WecomMoment
from cove.engine.channels.wecom.tests.driving import facts_of, settle_all
from cove.engine.channels.wecom.tests.test_materials import MP4, painted
from cove.engine.channels.wecom.tests.test_tasks import reread

URL = "/api/moments"


@pytest.fixture
def order(browser_client, administrator, actor):
    def send(**fields):
        answer = browser_client.post(
            URL, {"name": "开业", "text": "新店开业", **fields}, content_type="application/json"
        )
        settle_all(actor)
        return answer

    return send


@pytest.fixture
def upload(browser_client, administrator):
    from django.core.files.uploadedfile import SimpleUploadedFile

    def send(content: bytes, name: str, use: str = "image"):
        body = {"file": SimpleUploadedFile(name, content), "use": use}
        return browser_client.post("/api/wecom-files", body).json()["id"]

    return send


def shown(client, moment_id):
    return client.get(f"{URL}/{moment_id}").json()


def page(client, moment_id, what, **query):
    return client.get(f"{URL}/{moment_id}/{what}", query).json()["items"]


def test_from_a_tag_to_who_liked_it(order, upload, browser_client, actor, platform, friends):
    (contact, phone, _), (stranger, _, _) = friends(2)
    tag = people.ensure_tags(actor, group="兴趣", names=["新品"])["新品"]
    people.tag_contact(actor, contact_id=contact, add=[tag.id], source="console")
    settle_all(actor)
    pictures = [{"kind": "image", "file_id": upload(painted(), "店铺.png")}]
    answer = order(attachments=pictures, tag_ids=[tag.id])
    assert answer.status_code == 201, answer.content
    moment_id = answer.json()["id"]
    reread(actor)
    reread(actor)
    row = shown(browser_client, moment_id)
    assert (row["state"], row["members"], row["published"], row["tags"][0]["name"]) == ("made", 1, 0, "新品")
    assert row["attachments"][0]["file"]["name"] == "店铺.jpg"
    (member,) = page(browser_client, moment_id, "members")
    assert (member["member"]["name"], member["published_at"]) == ("陈雨晴", None)
    path = f"moments/{WecomMoment.objects.get().moment_id}/members/ChenYuqing"
    platform.ask("POST", path)
    platform.ask("POST", f"{path}/reactions", person=phone, kind="like")
    platform.ask("POST", f"{path}/reactions", person=phone, kind="comment", text="恭喜")
    assert browser_client.post(f"{URL}/{moment_id}/refresh").json() == {"done": True}
    settle_all(actor)
    row = shown(browser_client, moment_id)
    assert (row["state"], row["published"], row["likes"], row["comments"]) == ("done", 1, 1, 1)
    assert [one["contact"]["id"] for one in page(browser_client, moment_id, "reactions", form="like")] == [contact]
    assert {one["form"] for one in page(browser_client, moment_id, "reactions")} == {"like", "comment"}
    assert stranger not in {one["payload"]["contact_id"] for one in facts_of(actor, "wecom.moment_liked")}


def test_a_link_with_its_picture_and_a_video(order, upload, browser_client, actor, platform, friends):
    friends(1)
    link = {"kind": "link", "title": "官网", "url": "https://shop.example/", "file_id": upload(painted(), "封面.png")}
    video = {"kind": "video", "file_id": upload(MP4, "开箱.mp4", "video")}
    for part in (link, video):
        assert order(attachments=[part]).status_code == 201
    reread(actor)
    assert [row["state"] for row in browser_client.get(URL).json()["items"]] == ["made", "made"]


def test_taking_it_back_still_tells_who_published(order, browser_client, actor, platform, friends):
    friends(1)
    moment_id = order().json()["id"]
    assert browser_client.post(f"{URL}/{moment_id}/cancel").json() == {"done": False}, "it is not made yet"
    reread(actor)
    platform.ask("POST", f"moments/{WecomMoment.objects.get().moment_id}/members/ChenYuqing")
    assert browser_client.post(f"{URL}/{moment_id}/cancel").json() == {"done": True}
    settle_all(actor)
    row = shown(browser_client, moment_id)
    assert (row["state"], row["published"]) == ("cancelled", 1)
    assert len(facts_of(actor, "wecom.moment_published")) == 1


def test_what_the_platform_refuses_is_told(order, browser_client, actor, platform, channel):
    moment_id = order().json()["id"]
    reread(actor)
    row = shown(browser_client, moment_id)
    assert (row["state"], row["errcode"]) == ("failed", 41048)
    assert row["reason"]


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({"text": ""}, "text"),
        ({"name": " "}, "name"),
        ({"text": "a" * 2001}, "text"),
        ({"member_ids": [10**12]}, "member_ids"),
        ({"tag_ids": [10**12]}, "tag_ids"),
        ({"attachments": [{"kind": "link", "title": "x", "url": "https://shop.example/"}]}, "attachments"),
        ({"attachments": [{"kind": "image", "file_id": 10**12}]}, "attachments"),
        ({"attachments": [{"kind": "miniprogram", "title": "x", "app_id": "x", "page": "x", "file_id": 1}]}, "attach"),
    ],
)
def test_wrong_moments_say_what_is_wrong(order, channel, fields, where):
    answer = order(**fields)
    assert answer.status_code == 422, answer.content
    assert where in answer.content.decode()
    assert WecomMoment.objects.count() == 0


def test_without_a_channel_it_says_so(order):
    answer = order()
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "wecom.not_configured")


def test_ten_moments_are_listed_with_as_many_questions_as_one(order, browser_client, friends):
    friends(1)
    order()
    with CaptureQueriesContext(connection) as one:
        assert len(browser_client.get(URL).json()["items"]) == 1
    for number in range(9):
        order(name=f"第 {number} 次")
    with CaptureQueriesContext(connection) as ten:
        assert len(browser_client.get(URL).json()["items"]) == 10
    assert len(ten) == len(one) <= 12
    assert [row["name"] for row in browser_client.get(URL, {"search": "第 3"}).json()["items"]] == ["第 3 次"]
    assert browser_client.get(URL, {"state": "cancelled"}).json()["items"] == []


def test_who_may_not_send_sees_nothing(browser_client, administrator, friends, order):
    friends(1)
    order()
    from cove.directory.org.models import RoleGrant

    RoleGrant.objects.filter(member=administrator).delete()
    assert browser_client.get(URL).status_code == 403
