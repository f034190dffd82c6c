"""WeChat customer service: what is written becomes facts once, and answers keep to what the platform allows."""

from __future__ import annotations

import asyncio

import httpx
import pytest

from cove.directory.people import facade as people
from cove.directory.people.contracts import Identity
from cove.engine.channels.wecom import facade
from cove.engine.channels.wecom.commands.hearing import said_at
from cove.engine.channels.wecom.contracts.support import KfPage
from cove.engine.channels.wecom.models import WecomKfAccount, WecomKfTalk
from cove.engine.channels.wecom.outbound.performing import open_line
from cove.engine.channels.wecom.tests.driving import facts_of, hear, settle_all
from cove.facts.wecom import CallbackAccepted
from cove.kernel import clock


@pytest.fixture
def account(actor, channel):
    async def make():
        async with httpx.AsyncClient(timeout=60) as http:
            line = await open_line(actor.tenant_id, http)
            return (await line.post("kf/account/add", {"name": "客服"}))["open_kfid"]

    return asyncio.run(make())


@pytest.fixture
def news(actor, channel, account):
    def tell(token=""):
        event = {"Event": "kf_msg_or_event", "OpenKfId": account, "Token": token}
        hear(CallbackAccepted(channel_id=channel.id, event=event))
        settle_all(actor)

    return tell


def texts(actor):
    return [row["payload"]["text"] for row in facts_of(actor, "messages.message_received")]


def test_what_is_written_is_heard_once_and_in_order(actor, platform, account, news):
    path = f"kf/{account}/persons/{platform.person()}"
    for text in ("在吗", "几点开门"):
        platform.ask("POST", path, act="write", text=text)
    news(token="has ended")
    news()
    assert texts(actor) == ["在吗", "几点开门"]
    platform.ask("POST", path, act="answer", userid="ChenYuqing", text="九点")
    platform.ask("POST", path, act="write", text="谢谢")
    news()
    assert texts(actor) == ["在吗", "几点开门", "谢谢"]
    (answered,) = facts_of(actor, "messages.message_sent")
    assert answered["payload"]["member_id"] is not None
    assert (answered["payload"]["form"], answered["payload"]["text"]) == ("text", "九点")
    talk = WecomKfTalk.objects.get()
    contact = people.contact_by_identity(actor, Identity("wecom_external", talk.external_userid))
    assert contact.name == "林晓雨"
    assert WecomKfAccount.objects.get().cursor


SENT = (
    ("image", {"media_id": "3abc"}, ("image", "", "", "3abc", "")),
    ("voice", {"media_id": "3v"}, ("voice", "", "", "3v", "")),
    (
        "location",
        {"latitude": 30.25, "longitude": 120.17, "name": "湖滨银泰", "address": "延安路 98 号"},
        ("location", "湖滨银泰 延安路 98 号", "30.25,120.17", "", ""),
    ),
    (
        "link",
        {"title": "户型图", "desc": "三居", "url": "https://a.example/1", "pic_url": ""},
        ("link", "户型图", "https://a.example/1", "", ""),
    ),
    (
        "miniprogram",
        {"title": "云岫会员", "appid": "wx1", "pagepath": "pages/a", "thumb_media_id": "3t"},
        ("miniprogram", "云岫会员", "wx1 pages/a", "3t", ""),
    ),
    ("business_card", {"userid": "ChenYuqing"}, ("business_card", "陈雨晴", "ChenYuqing", "", "")),
    ("text", {"content": "预约上门", "menu_id": "1"}, ("menu", "预约上门", "", "", "")),
    ("channels", {"sub_type": 1, "nickname": "云岫", "title": "新品"}, ("channels", "云岫 新品", "", "", "")),
    ("merged_msg", {"title": "群聊的聊天记录", "item": []}, ("history", "群聊的聊天记录", "", "", "")),
    ("hologram", {"title": "全息图", "media_id": "3h"}, ("other", "全息图", "", "3h", "hologram")),
    ("file", {"media_id": None}, ("file", "", "", "", "")),
)


def test_whatever_kind_a_customer_sends_is_told_with_what_it_is(actor, platform, account, news):
    path = f"kf/{account}/persons/{platform.person()}"
    for kind, body, _ in SENT:
        platform.ask("POST", path, act="write", kind=kind, body=body)
    platform.ask("POST", path, act="write", text="收到了吗")
    news()
    found = [row["payload"] for row in facts_of(actor, "messages.message_received")]
    names = ("form", "text", "target", "media_id", "native")
    assert [tuple(one[name] for name in names) for one in found[:-1]] == [wanted for _, _, wanted in SENT]
    assert found[-1]["text"] == "收到了吗", "what follows an odd message is heard as well"


def test_messages_without_what_the_platform_promises_keep_nobody_from_being_heard():
    page = KfPage.model_validate(
        {
            "next_cursor": "c",
            "msg_list": [
                "not a message",
                {"msgtype": "text", "send_time": "soon", "origin": None, "event": "none", "text": ["x"]},
                {"msgid": 7, "origin": 3, "msgtype": "text", "send_time": 10**18, "text": {"content": "在"}},
            ],
        }
    )
    odd, other = page.msg_list
    assert (odd.origin, odd.event, odd.said()) == (0, None, {})
    assert (other.msgid, other.said()) == ("", {"content": "在"})
    assert abs((said_at(other) - clock.now()).total_seconds()) < 3600
    assert KfPage.model_validate(page.model_dump(mode="json")) == page


def test_what_happens_in_a_conversation_is_told(actor, platform, account, news):
    path = f"kf/{account}/persons/{platform.person()}"
    platform.ask("POST", path, act="enter", scene="官网")
    platform.ask("POST", path, act="write", text="在吗")
    changes = [
        {"event_type": "session_status_change", "change_type": 1, "new_servicer_userid": "ChenYuqing"},
        {"event_type": "user_recall_msg", "recall_msgid": "m1"},
        {"event_type": "session_status_change", "change_type": 3, "old_servicer_userid": "ChenYuqing"},
        {"event_type": "session_status_change", "change_type": 9},
        {"event_type": "reject_customer_msg_switch_change", "reject_switch": 1},
    ]
    for body in changes:
        platform.ask("POST", path, act="event", body=body)
    news()
    told = [row for row in facts_of(actor) if row["kind"].startswith("wecom_support.")]
    deeds = ["talk_opened", "talk_taken", "message_recalled", "talk_ended", "event_heard", "event_heard"]
    assert [row["kind"].partition(".")[2] for row in told] == deeds
    opened, taken, recalled, ended, *others = [row["payload"] for row in told]
    assert opened["way_name"] == "官网"
    assert (taken["member_name"], taken["way"]) == ("陈雨晴", "pool")
    assert (recalled["message_key"], recalled["by"]) == ("m1", "customer")
    assert ended["member_id"] == taken["member_id"]
    assert [one["native"] for one in others] == ["session_status_change", "reject_customer_msg_switch_change"]


def test_five_answers_and_no_more_until_he_writes_again(actor, platform, account, news):
    person = platform.person()
    path = f"kf/{account}/persons/{person}"
    platform.ask("POST", path, act="write", text="在吗")
    news()
    talk = WecomKfTalk.objects.get()
    whom = {"open_kfid": account, "external_userid": talk.external_userid}
    for number in range(6):
        assert facade.answer_customer(actor, key=f"a{number}", **whom, text=f"第 {number}")
    assert not facade.answer_customer(actor, key="a0", **whom, text="第 0")
    settle_all(actor)
    assert len(platform.calls("kf/send_msg")) == 5
    (failed,) = facts_of(actor, "messages.message_failed")
    assert failed["payload"]["reason"] == "answered_enough"
    platform.ask("POST", path, act="write", text="继续")
    news()
    facade.answer_customer(actor, key="again", **whom, text="好的")
    settle_all(actor)
    sent = [one["payload"]["text"] for one in facts_of(actor, "messages.message_sent")]
    assert sent == [*(f"第 {number}" for number in range(5)), "好的"]
    said = [row["body"]["content"] for row in platform.ask("GET", path)["items"]]
    assert said == ["在吗", *(f"第 {number}" for number in range(5)), "继续", "好的"]


def test_whoever_never_wrote_is_not_written_to(actor, platform, account):
    facade.answer_customer(actor, key="a", open_kfid=account, external_userid="wmNobody", text="您好")
    settle_all(actor)
    assert platform.calls("kf/send_msg") == []
    assert [row["payload"]["reason"] for row in facts_of(actor, "messages.message_failed")] == ["talk_over"]
