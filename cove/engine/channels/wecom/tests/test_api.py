from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cove.engine.channels.wecom.commands.groups import take_over_group
from cove.engine.channels.wecom.contracts.groups import GroupChat
from cove.engine.channels.wecom.models import WecomChannel
from cove.engine.channels.wecom.tests.platform import AES_KEY, TOKEN
from cove.kernel import clock


@pytest.fixture
def settings_of(platform):
    return {
        "corp_id": platform.corp_id,
        "agent_id": "1000002",
        "base_url": platform.url,
        "secret": platform.secret,
        "callback_token": TOKEN,
        "aes_key": AES_KEY,
    }


def put(client, body):
    return client.put("/api/channels/wecom", body, content_type="application/json")


def test_before_it_is_set_up(browser_client):
    shown = browser_client.get("/api/channels/wecom").json()
    assert shown["configured"] is False
    assert shown["base_url"] == "https://qyapi.weixin.qq.com"
    refused = browser_client.post("/api/channels/wecom/check")
    assert (refused.status_code, refused.json()["error"]["code"]) == (409, "wecom.not_configured")
    assert browser_client.post("/api/channels/wecom/sync").status_code == 409


def test_set_up_never_gives_a_secret_back_and_keeps_it(browser_client, settings_of, actor):
    answer = put(browser_client, settings_of)
    assert answer.status_code == 200, answer.content
    shown = answer.json()
    assert (shown["configured"], shown["secret_set"], shown["callback_token_set"], shown["aes_key_set"]) == (True,) * 4
    assert "/callbacks/wecom/" in shown["callback_url"]
    assert settings_of["secret"] not in answer.content.decode()
    again = put(
        browser_client, {"corp_id": settings_of["corp_id"], "agent_id": "2", "base_url": settings_of["base_url"]}
    )
    assert again.json()["callback_url"] == shown["callback_url"]
    row = WecomChannel.objects.get()
    assert (row.secret, row.aes_key, row.agent_id) == (settings_of["secret"], AES_KEY, "2")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"corp_id": " "}, "corp_id"),
        ({"base_url": "ftp://x"}, "base_url"),
        ({"callback_token": "a b"}, "callback_token"),
        ({"aes_key": "short"}, "aes_key"),
    ],
)
def test_wrong_input_names_its_field(browser_client, settings_of, change, field):
    answer = put(browser_client, settings_of | change)
    assert answer.status_code == 422
    assert list(answer.json()["error"]["fields"]) == [field]


def test_checks_say_what_works_and_what_to_do(browser_client, settings_of, platform):
    put(browser_client, settings_of)
    checks = {one["key"]: one for one in browser_client.post("/api/channels/wecom/check").json()["checks"]}
    works = {key for key, one in checks.items() if one["ok"]}
    assert works == {"token", "directory", "customers", "tags", "contact_ways", "clock"}
    assert "callback address" in checks["callback"]["remedy"]
    platform.fault("externalcontact/*", "errcode", errcode=48002)
    checks = {one["key"]: one for one in browser_client.post("/api/channels/wecom/check").json()["checks"]}
    assert not checks["customers"]["ok"]
    assert "Customer contact" in checks["customers"]["remedy"]


def test_a_wrong_secret_is_told_at_once(browser_client, settings_of):
    put(browser_client, settings_of)
    browser_client.post("/api/channels/wecom/check")
    put(browser_client, settings_of | {"secret": "another"})
    checks = browser_client.post("/api/channels/wecom/check").json()["checks"]
    assert (checks[0]["key"], checks[0]["ok"]) == ("token", False)
    assert "secret" in checks[0]["remedy"]


def test_sync_starts_a_job(browser_client, settings_of):
    put(browser_client, settings_of)
    job_id = browser_client.post("/api/channels/wecom/sync").json()["job_id"]
    job = browser_client.get(f"/api/jobs/{job_id}").json()
    assert (job["kind"], job["label"]) == ("wecom.sync_directory", "Sync from WeCom")


def taken_over(actor, number):
    persons = [
        {"userid": "ChenYuqing", "type": 1, "join_time": 1_750_000_000, "join_scene": 1, "name": "陈雨晴"},
        {"userid": f"wmGuest{number}", "type": 2, "join_time": 1_750_000_100, "join_scene": 3, "name": "林晓雨"},
    ]
    told = {"chat_id": f"wr{number}", "name": f"群 {number}", "owner": "ChenYuqing", "create_time": 1_750_000_000}
    take_over_group(actor, chat=GroupChat.model_validate(told | {"member_list": persons}), read_at=clock.now())


def test_groups_are_listed_with_as_many_questions_for_ten_as_for_one(browser_client, administrator, actor, channel):
    taken_over(actor, 0)
    with CaptureQueriesContext(connection) as one:
        (shown,) = browser_client.get("/api/customer-groups").json()["items"]
    assert (shown["name"], shown["owner"]["name"], shown["people"], shown["customers"]) == ("群 0", "陈雨晴", 2, 1)
    for number in range(1, 10):
        taken_over(actor, number)
    with CaptureQueriesContext(connection) as ten:
        assert len(browser_client.get("/api/customer-groups").json()["items"]) == 10
    assert len(ten) == len(one) <= 14
    found = browser_client.get("/api/customer-groups", {"search": "群 7"}).json()["items"]
    assert [row["name"] for row in found] == ["群 7"]
    assert browser_client.get("/api/customer-groups", {"dismissed": True}).json()["items"] == []


def test_who_is_in_a_group(browser_client, administrator, actor, channel):
    taken_over(actor, 0)
    group = browser_client.get("/api/customer-groups").json()["items"][0]
    assert browser_client.get(f"/api/customer-groups/{group['id']}").json() == group
    items = browser_client.get(f"/api/customer-groups/{group['id']}/persons").json()["items"]
    assert [(row["name"], row["member"], row["friend"], row["way"]) for row in items] == [
        ("林晓雨", False, False, 3),
        ("陈雨晴", True, False, 1),
    ]
    assert browser_client.get("/api/customer-groups/999999/persons").status_code == 404
