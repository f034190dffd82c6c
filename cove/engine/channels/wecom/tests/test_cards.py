"""Cards with buttons: sent once, pressed on the member's phone, told once, and changed on his phone."""

from __future__ import annotations

import re

import pytest
from pydantic import ValidationError

from cove.directory.org import facade as org
from cove.engine.channels.delivery.models import Delivery
from cove.engine.channels.wecom import facade
from cove.engine.channels.wecom.contracts.questions import Button, Question
from cove.engine.channels.wecom.models import WecomCard
from cove.engine.channels.wecom.tests.driving import facts_of, hear, settle_all
from cove.engine.channels.wecom.tests.platform import AES_KEY, TOKEN
from cove.facts.wecom import CallbackAccepted

ASKED = Question(
    title="新线索待跟进",
    text="林晓雨 今天浏览了报价页",
    buttons=(Button(key="take", text="我来跟进"), Button(key="leave", text="转给同事")),
    closing="已选：{button}",
)


@pytest.fixture
def member(actor, channel):
    return org.member_by_wecom_userid(actor, "ChenYuqing")


@pytest.fixture(autouse=True)
def _callback_address(platform):
    """Callbacks are noted by the platform only where there is an address; nobody listens at this one."""
    path = f"corps/{platform.corp_id}/apps/1000002/callback"
    platform.ask("PUT", path, url="http://127.0.0.1:9/", token=TOKEN, aes_key=AES_KEY, verify=False)


def on_phone(platform):
    """Return the cards on the member's phone."""
    rows = platform.ask("GET", f"corps/{platform.corp_id}/staff-messages")["items"]
    return [row for row in rows if row["userid"] == "ChenYuqing" and row["kind"] == "template_card"]


def press_on_phone(platform, card_id, button):
    """Let the member press a button; return the code that the platform's event carries."""
    platform.ask("POST", f"corps/{platform.corp_id}/members/ChenYuqing/cards/{card_id}", key=button)
    task_id = WecomCard.objects.get().task_id
    found = [row["xml"] for row in platform.ask("GET", "callbacks?limit=50")["items"] if task_id in row["xml"]]
    return re.search(r"<ResponseCode><!\[CDATA\[(.*?)\]\]>", found[0])[1]


def pressed(actor, channel, button, code, task_id=""):
    """Let the news of a press arrive, as the door hands it on."""
    task_id = task_id or WecomCard.objects.get().task_id
    said = {"TaskId": task_id, "EventKey": button, "FromUserName": "ChenYuqing", "ResponseCode": code}
    event = {"Event": "template_card_event", "CardType": "button_interaction", **said}
    hear(CallbackAccepted(channel_id=channel.id, event=event))
    settle_all(actor)


def test_a_card_is_sent_once_and_its_first_press_is_told(actor, channel, platform, member):
    ask = {"key": "lead:7", "member_ids": [member.id], "question": ASKED, "cause": "lead:7"}
    assert facade.ask_members(actor, **ask)
    assert not facade.ask_members(actor, **ask)
    settle_all(actor)
    row = WecomCard.objects.get()
    assert (row.state, len(platform.calls("message/send"))) == ("sent", 1)
    (card,) = on_phone(platform)
    assert [one["text"] for one in card["body"]["button_list"]] == ["我来跟进", "转给同事"]
    pressed(actor, channel, "take", press_on_phone(platform, card["id"], "take"))
    (card,) = on_phone(platform)
    assert card["body"]["replaced"] == "已选：我来跟进"
    pressed(actor, channel, "leave", "a second press")
    (told,) = facts_of(actor, "wecom_staff.card_pressed")
    assert told["payload"] | {"source": ""} == {
        "member_id": member.id,
        "source": "",
        "key": "lead:7",
        "title": "新线索待跟进",
        "button": "take",
        "button_text": "我来跟进",
        "cause": "lead:7",
    }
    closed = Delivery.objects.filter(kind="wecom.close_card").order_by("id")
    assert [(one.state, one.errcode) for one in closed] == [("sent", None), ("refused", 42019)]


def test_presses_of_cards_that_are_not_ours_are_left_alone(actor, channel, platform, member):
    facade.ask_members(actor, key="a", member_ids=[member.id], question=ASKED)
    settle_all(actor)
    pressed(actor, channel, "take", "code", task_id="another-application")
    pressed(actor, channel, "no-such-button", "code")
    assert facts_of(actor, "wecom_staff.card_pressed") == []
    assert Delivery.objects.filter(kind="wecom.close_card").count() == 0


def test_what_the_platform_refuses_is_kept_with_its_reason(actor, platform, member):
    platform.fault("message/send", "errcode", errcode=60020)
    facade.ask_members(actor, key="a", member_ids=[member.id], question=ASKED)
    settle_all(actor)
    assert [(one.state, one.reason) for one in WecomCard.objects.all()] == [("failed", "address_not_allowed")]


def test_nobody_with_an_account_is_nobody_to_ask(actor, channel):
    assert not facade.ask_members(actor, key="a", member_ids=[10**9], question=ASKED)
    assert WecomCard.objects.count() == 0


@pytest.mark.parametrize("wrong", [{"buttons": ()}, {"title": " "}, {"buttons": (Button(key="a", text="x"),) * 7}])
def test_a_card_keeps_to_what_the_platform_takes(wrong):
    with pytest.raises(ValidationError):
        Question.model_validate({"title": "x", "buttons": (Button(key="a", text="x"),), **wrong})
