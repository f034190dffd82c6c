"""Acquisition links, forbidden words and welcomes of groups: asked for over the API, made at the platform, compared with it."""

from __future__ import annotations

import pytest

from cove.directory.org import facade as org
from cove.directory.org.contracts import DirectoryMember
from cove.engine.channels.wecom.client import intercepts, links
from cove.engine.channels.wecom.models import WecomTool
from cove.engine.channels.wecom.tests.driving import settle_all
from cove.engine.channels.wecom.tests.test_sync import synced

TOOLS = "/api/wecom-tools"


@pytest.fixture
def member(actor, channel):
    return org.member_by_wecom_userid(actor, "ChenYuqing")


def said(client, path=TOOLS, method="get", status=200, **tool):
    send = getattr(client, method)
    answer = send(path, {"tool": tool}, content_type="application/json") if tool else send(path)
    assert answer.status_code == status, answer.content
    return answer.json() if answer.content else None


def test_a_link_from_making_to_removing(browser_client, actor, platform, member, call):
    asked = {"kind": "link", "name": "官网获客", "member_ids": [member.id]}
    made = said(browser_client, method="post", **asked)
    assert (made["state"], made["members"]) == ("waiting", [{"id": member.id, "name": "陈雨晴"}])
    settle_all(actor)
    (shown,) = said(browser_client, f"{TOOLS}?kind=link")["items"]
    assert shown["state"] == "made"
    assert shown["url"].startswith("http")
    row = WecomTool.objects.get()
    path = f"{TOOLS}/{row.id}"
    said(browser_client, path, "put", **(asked | {"name": "官网首页"}))
    settle_all(actor)
    assert call(links.get_link, row.platform_id)[0].link_name == "官网首页"
    assert said(browser_client, f"{path}/customers") == {"total": 0, "items": []}
    said(browser_client, path, "delete", 204)
    settle_all(actor)
    assert call(links.list_links) == []
    assert said(browser_client)["items"] == []


def test_words_that_may_not_be_sent_follow_their_members(browser_client, actor, platform, member, call):
    other = org.take_over_member(actor, entry=DirectoryMember("WangFang", "王芳", (), active=True))
    asked = {"kind": "words", "name": "竞品", "words": ["友商"], "semantics": [3], "member_ids": [member.id]}
    made = said(browser_client, method="post", **asked)
    settle_all(actor)
    said(browser_client, f"{TOOLS}/{made['id']}", "put", **(asked | {"member_ids": [other.id], "block": False}))
    settle_all(actor)
    (rule,) = [call(intercepts.get_rule, one.rule_id) for one in call(intercepts.list_rules)]
    assert (rule["applicable_range"]["user_list"], rule["intercept_type"]) == (["WangFang"], intercepts.WARN)
    assert rule["extra_rule"] == {"semantics_list": [3]}


def test_what_the_platform_refuses_says_why_and_is_tried_again(browser_client, actor, platform, channel):
    platform.fault("externalcontact/group_welcome_template/add", "errcode", errcode=41055, times=1)
    asked = {"kind": "welcome", "name": "迎新", "text": "欢迎 %NICKNAME%"}
    made = said(browser_client, method="post", **asked)
    settle_all(actor)
    (shown,) = said(browser_client)["items"]
    assert (shown["state"], shown["errcode"]) == ("failed", 41055)
    assert "as many group welcomes" in shown["reason"]
    said(browser_client, f"{TOOLS}/{made['id']}", "put", **asked)
    settle_all(actor)
    assert [one["state"] for one in said(browser_client)["items"]] == ["made"]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"kind": "welcome", "name": "迎新", "text": "欢迎", "link_title": "店"}, "link_url"),
        (
            {"kind": "welcome", "name": "迎新", "text": "欢迎", "link_title": "店", "link_url": "javascript:1"},
            "link_url",
        ),
        ({"kind": "link", "name": "获客", "member_ids": [10**9]}, "member_ids"),
    ],
)
def test_wrong_input_is_named_by_its_field(browser_client, channel, wrong, field):
    assert field in str(said(browser_client, method="post", status=422, **wrong))


def test_a_tool_keeps_its_kind_and_an_unknown_one_is_not_found(browser_client, actor, channel):
    made = said(browser_client, method="post", kind="welcome", name="迎新", text="欢迎")
    other = {"kind": "words", "name": "词", "words": ["坏"], "member_ids": [1]}
    said(browser_client, f"{TOOLS}/{made['id']}", "put", 409, **other)
    said(browser_client, f"{TOOLS}/{10**9}", "delete", 404)
    said(browser_client, f"{TOOLS}/{made['id']}/customers", status=404)


def test_what_was_made_and_removed_at_the_platform_is_taken_over(actor, platform, channel, call):
    made = call(links.create_link, name="后台新建", userids=["ChenYuqing"])
    call(intercepts.add_rule, name="辱骂", words=["坏"], block=True, userids=["ChenYuqing"])
    synced(actor)
    found = {row.kind: row for row in WecomTool.objects.all()}
    assert (found["link"].name, found["link"].url, found["link"].customers) == ("后台新建", made.url, 0)
    assert found["words"].body["words"] == ["坏"]
    call(links.delete_link, made.link_id)
    synced(actor)
    assert set(WecomTool.objects.values_list("kind", flat=True)) == {"words"}
