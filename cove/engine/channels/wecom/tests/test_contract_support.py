"""Everything that can be sent in customer service, from the client to the customer's phone on the stand-in of the platform."""

from __future__ import annotations

import pytest

from cove.engine.channels.wecom.client import links, media, support
from cove.engine.channels.wecom.client.media import Upload
from cove.engine.channels.wecom.contracts.kf_contents import (
    Click,
    KfAcquisitionLink,
    KfBusinessCard,
    KfFile,
    KfLink,
    KfLocation,
    KfMenu,
    KfMiniProgram,
    KfText,
    Mini,
    Plain,
    View,
)
from cove.engine.channels.wecom.tests.test_contract import PICTURE

PLACE = KfLocation(latitude=30.25, longitude=120.17, name="云岫展厅", address="滨江大道 88 号")
MENU = KfMenu(
    head="需要什么帮助？",
    entries=(
        Click(id="visit", content="预约上门"),
        View(url="https://shop.example/", content="官网"),
        Mini(appid="wx1", pagepath="pages/a", content="会员中心"),
        Plain(content="或直接留言"),
    ),
    tail="工作日 9:00–18:00",
)


@pytest.fixture
def talk(call, platform):
    """Give a conversation: whom to write to, and the address of the person in the scripting API."""

    async def make(line):
        return (await line.post("kf/account/add", {"name": "客服"}))["open_kfid"]

    open_kfid, person = call(make), platform.person()
    path = f"kf/{open_kfid}/persons/{person}"
    platform.ask("POST", path, act="write", text="在吗")
    (wrote,) = call(support.sync_messages, open_kfid, cursor="", token="").msg_list
    return {"open_kfid": open_kfid, "external_userid": wrote.external_userid}, person, path


def shown(platform, person, open_kfid):
    """Return what the phone shows of the account's answers: kind and body of each."""
    chats = platform.ask("GET", f"persons/{person}/phone")["chats"]
    chat = next(one for one in chats if one["key"] == f"kf/{open_kfid}")
    return [(one["kind"], one["body"]) for one in chat["messages"] if one["sender"] == "other"]


def test_files_and_cards_arrive(call, platform, talk):
    whom, person, path = talk
    image, _ = call(media.upload_media, "image", PICTURE)
    voice, _ = call(media.upload_media, "voice", Upload("语音.amr", "audio/amr", b"#!AMR 123456"))
    cards = [
        KfFile(msgtype="image", media_id=image),
        KfFile(msgtype="voice", media_id=voice),
        KfLink(title="样册", desc="秋季", url="https://shop.example/", thumb_media_id=image),
        KfMiniProgram(appid="wx1", title="会员", thumb_media_id=image, pagepath="pages/a"),
        PLACE,
    ]
    for number, said in enumerate(cards):
        assert call(support.send_message, **whom, said=said, msgid=f"c{number}") == f"c{number}"
    found = shown(platform, person, whom["open_kfid"])
    assert [kind for kind, _ in found] == ["image", "voice", "link", "mini", "place"]
    assert (found[2][1]["title"], found[2][1]["desc"], image in found[2][1]["picurl"]) == ("样册", "秋季", True)
    assert (found[3][1]["page"], found[3][1]["title"]) == ("pages/a", "会员")
    assert found[4][1] == {"name": "云岫展厅", "address": "滨江大道 88 号"}
    platform.ask("POST", path, act="write", text="谢谢")
    link = call(links.create_link, name="加顾问", userids=["ChenYuqing"]).url
    call(support.send_message, **whom, said=KfBusinessCard(userid="ChenYuqing"), msgid="card")
    call(support.send_message, **whom, said=KfAcquisitionLink(link_url=link), msgid="link")
    assert [kind for kind, _ in shown(platform, person, whom["open_kfid"])[-2:]] == ["member", "link"]
    assert shown(platform, person, whom["open_kfid"])[-2][1]["name"] == "陈雨晴"


def test_a_menu_is_shown_and_its_answer_comes_back(call, platform, talk):
    whom, person, _ = talk
    call(support.send_message, **whom, said=MENU, msgid="menu")
    ((kind, body),) = shown(platform, person, whom["open_kfid"])
    assert (kind, body["head"], body["tail"]) == ("menu", MENU.head, MENU.tail)
    assert [one["kind"] for one in body["items"]] == ["click", "view", "miniprogram", "text"]
    entry = body["items"][0]
    pressed = {"text": entry["content"], "menu_id": entry["id"]}
    platform.ask("POST", f"persons/{person}/services/{whom['open_kfid']}", **pressed)
    heard = call(support.sync_messages, whom["open_kfid"], cursor="", token="").msg_list[-1]
    assert heard.said() == {"content": "预约上门", "menu_id": "visit"}


def test_what_the_platform_refuses(call, refused, talk):
    whom, _, _ = talk
    image, _ = call(media.upload_media, "image", PICTURE)
    wrong = {
        KfFile(msgtype="image", media_id="nothing"): 40007,
        KfFile(msgtype="video", media_id=image): 40007,
        KfLink(title="样册", url="https://shop.example/", thumb_media_id="nothing"): 40007,
        KfBusinessCard(userid="Nobody"): 60111,
        KfAcquisitionLink(link_url="https://shop.example/ca/none"): 40058,
        KfMenu(entries=(Plain.model_construct(content="长" * 200),)): 95009,
        KfMenu.model_construct(entries=(Plain(content="一"),) * 11): 95008,
        KfText(content="长" * 700): 45002,
        KfText(content=""): 45002,
    }
    for said, errcode in wrong.items():
        assert refused(support.send_message, **whom, said=said, msgid="m") == errcode, said

    async def other(line):
        body = {
            "touser": whom["external_userid"],
            "open_kfid": whom["open_kfid"],
            "msgtype": "hologram",
            "hologram": {},
        }
        return await line.post("kf/send_msg", body)

    assert refused(other) == 40008


def test_menus_greet_once(call, refused, platform):
    async def make(line):
        return (await line.post("kf/account/add", {"name": "客服"}))["open_kfid"]

    open_kfid, person = call(make), platform.person()
    platform.ask("POST", f"kf/{open_kfid}/persons/{person}", act="enter")
    (entered,) = call(support.sync_messages, open_kfid, cursor="", token="").msg_list
    code = entered.event.welcome_code
    assert call(support.send_on_event, code=code, said=MENU, msgid="hello") == "hello"
    assert shown(platform, person, open_kfid)[0][0] == "menu"
    assert refused(support.send_on_event, code=code, said=MENU, msgid="again") == 95007
