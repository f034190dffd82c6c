"""Acquisition links, forbidden words and welcomes of groups: asked for over the API, made at the platform, compared with it."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from cove.directory.org import facade as org
from cove.directory.org.contracts import DirectoryMember
from cove.directory.people import facade as people
from cove.directory.people.contracts import Identity
from cove.engine.channels.wecom.client import group_welcomes, groups, intercepts, links
from cove.engine.channels.wecom.commands.friends import FriendNews, add_friend
from cove.engine.channels.wecom.contracts.tools import ToolDraft
from cove.engine.channels.wecom.models import WecomGroup, WecomTool
from cove.engine.channels.wecom.tests.driving import facts_of, settle_all
from cove.engine.channels.wecom.tests.test_contract import make_group
from cove.engine.channels.wecom.tests.test_sync import synced
from cove.kernel import clock

TOOLS = "/api/wecom-tools"
LINK = {"kind": "link", "title": "门店", "url": "https://www.example.com/shops"}


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


def test_a_code_of_groups_says_by_name_who_came_by_it(browser_client, actor, platform, channel, call):
    platform.ask("PUT", "settings/group_lag", value="0")
    chat_id, other = make_group(platform), make_group(platform, name="二群")
    synced(actor)
    ids = {row.chat_id: row.id for row in WecomGroup.objects.all()}
    asked = {"kind": "join", "name": "展会入群码", "group_ids": [ids[chat_id]], "new_groups": "展会群"}
    made = said(browser_client, method="post", **asked)
    settle_all(actor)
    (shown,) = said(browser_client, f"{TOOLS}?kind=join")["items"]
    assert (shown["state"], shown["groups"]) == ("made", [{"id": ids[chat_id], "name": "春季团购群"}])
    assert shown["url"].startswith("http")
    row = WecomTool.objects.get()
    person = platform.person()
    platform.ask("POST", f"persons/{person}/group-codes", config_id=row.platform_id)
    synced(actor)
    (joined,) = facts_of(actor, "wecom.group_joined")
    assert (joined["payload"]["way"], joined["payload"]["way_name"]) == (3, "展会入群码")
    persons = said(browser_client, f"/api/customer-groups/{ids[chat_id]}/persons")["items"]
    assert {one["name"]: one["way_name"] for one in persons} == {"林晓雨": "展会入群码", "陈雨晴": ""}
    path = f"{TOOLS}/{made['id']}"
    said(browser_client, path, "put", **(asked | {"group_ids": [ids[other]]}))
    settle_all(actor)
    way = call(groups.get_join_way, row.platform_id)
    assert (way.chat_id_list, way.state, way.room_base_name) == ([other], f"wt_{row.id}", "展会群")
    said(browser_client, path, "delete", 204)
    settle_all(actor)
    assert said(browser_client)["items"] == []
    refused = said(browser_client, method="post", status=422, **(asked | {"group_ids": [10**12]}))
    assert list(refused["error"]["fields"]) == ["group_ids"]


def test_a_friend_who_came_by_a_link_is_told_with_its_name(browser_client, actor, platform, member):
    said(browser_client, method="post", kind="link", name="官网获客", member_ids=[member.id])
    settle_all(actor)
    (shown,) = said(browser_client)["items"]
    state = f"wt_{shown['id']}"
    assert shown["url"].endswith(f"customer_channel={state}")
    external = platform.befriend(platform.person())
    add_friend(actor, news=FriendNews("ChenYuqing", external, clock.now(), state), member=member)
    (added,) = facts_of(actor, "wecom.friend_added")
    assert added["payload"]["way_name"] == "官网获客"
    card = people.contact_by_identity(actor, Identity("wecom_external", external))
    contact = browser_client.get(f"/api/contacts/{card.id}").json()
    assert contact["source"]["detail"] == "官网获客"


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


def test_a_welcome_of_groups_carries_a_file_or_a_card(browser_client, actor, platform, channel, call):
    posted = {"file": SimpleUploadedFile("报价单.pdf", b"%PDF-1.7\n" + bytes(64)), "use": "file"}
    file = browser_client.post("/api/wecom-files", posted).json()
    asked = {"kind": "welcome", "name": "迎新", "text": "欢迎 %NICKNAME%"}
    made = said(browser_client, method="post", **asked, attachments=[{"kind": "file", "file_id": file["id"]}])
    assert [(one["kind"], one["file"]["name"]) for one in made["attachments"]] == [("file", "报价单.pdf")]
    settle_all(actor)
    row = WecomTool.objects.get()
    there = call(group_welcomes.get_group_welcome, row.platform_id)
    assert (row.state, there["text"]["content"], bool(there["file"]["media_id"])) == ("made", asked["text"], True)
    said(browser_client, f"{TOOLS}/{row.id}", "put", **asked, attachments=[LINK])
    settle_all(actor)
    there = call(group_welcomes.get_group_welcome, row.platform_id)
    assert (there["link"]["url"], "file" in there) == (LINK["url"], False)


def test_a_welcome_kept_with_a_link_of_its_own_is_read_as_a_card():
    kept = {"kind": "welcome", "name": "迎新", "text": "欢迎", "link_title": "门店", "link_url": LINK["url"]}
    assert [part.model_dump(include={"title", "url"}) for part in ToolDraft.of(kept).attachments] == [
        {"title": "门店", "url": LINK["url"]}
    ]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"kind": "welcome", "name": "迎新", "text": "欢迎", "attachments": [{"kind": "link", "title": "店"}]}, "url"),
        ({"kind": "welcome", "name": "迎新", "text": "欢迎", "attachments": [LINK | {"url": "javascript:1"}]}, "url"),
        ({"kind": "welcome", "name": "迎新", "text": "欢迎", "attachments": [LINK, LINK]}, "attachments"),
        (
            {"kind": "welcome", "name": "迎新", "text": "欢迎", "attachments": [{"kind": "file", "file_id": 10**9}]},
            "attachments",
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
