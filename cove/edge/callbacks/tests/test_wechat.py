"""Callbacks of WeChat's stand-in through the real edge into the log, and what follows."""

from __future__ import annotations

import time
from datetime import timedelta

import httpx
import pytest

from cove.directory.people import facade as people
from cove.directory.people.commands.tags import create_tag, create_tag_group
from cove.directory.people.contracts import Identity
from cove.engine.channels.seal.crypto import seal_message, sign
from cove.engine.channels.wechat import facade
from cove.engine.channels.wechat.commands.accounts import Settings, change_account
from cove.engine.channels.wechat.commands.codes import create_code
from cove.engine.channels.wechat.commands.replies import Wanted, save_reply
from cove.engine.channels.wechat.commands.windows import take_turn
from cove.engine.channels.wechat.inbound.verify import signed
from cove.engine.channels.wechat.models import WechatAccount, WechatCode, WechatFollower
from cove.engine.channels.wechat.tests.conftest import account, weixin  # noqa: F401 -- fixtures
from cove.engine.channels.wechat.tests.platform import AES_KEY, TOKEN
from cove.engine.channels.wecom.tests.driving import facts_of, settle_all
from cove.kernel import clock

ACCEPTED = "wechat.callback_accepted"


def wait_for(check, seconds=60):
    end = time.monotonic() + seconds
    while not check() and time.monotonic() < end:
        time.sleep(0.05)
    assert check()


@pytest.fixture
def address(account, edge, weixin):  # noqa: F811 -- fixtures
    """The callback address, saved on the platform, which verifies it."""
    url = f"{edge}/callbacks/wechat/{account.public_id}"
    wait_for(lambda: httpx.post(url, timeout=60).status_code != 404)
    weixin.callbacks_to(url)
    return url


def came(actor, weixin, count):  # noqa: F811 -- the fixture
    """Wait until so many callbacks are in the log, and let everything follow from them."""
    weixin.drained()
    wait_for(lambda: len(facts_of(actor, ACCEPTED)) >= count)
    settle_all(actor)


def reply(actor, row, on, text, *, keywords=(), whole=False):
    messages = [{"form": "text", "content": text}]
    wanted = Wanted(on=on, name=text, keywords=keywords, whole=whole, messages=messages, active=True)
    return save_reply(actor, account_id=row.id, reply_id=None, wanted=wanted)


def text_xml(weixin, openid, text, number):  # noqa: F811 -- the fixture
    return (
        f"<xml><ToUserName>{weixin.original_id}</ToUserName><FromUserName>{openid}</FromUserName>"
        f"<CreateTime>{int(clock.now().timestamp())}</CreateTime><MsgType>text</MsgType>"
        f"<Content>{text}</Content><MsgId>{number}</MsgId></xml>"
    )


def knock(address, xml, *, app_id, token=TOKEN, at=None, sealed=True):
    """Send one callback of our own making."""
    timestamp, nonce = str(at or int(clock.now().timestamp())), str(time.monotonic_ns())
    query = {"signature": signed(token, timestamp, nonce), "timestamp": timestamp, "nonce": nonce}
    if not sealed:
        return httpx.post(address, params=query, content=xml.encode(), timeout=60)
    encrypted = seal_message(AES_KEY, xml.encode(), app_id)
    query |= {"encrypt_type": "aes", "msg_signature": sign(token, timestamp, nonce, encrypted)}
    return httpx.post(address, params=query, content=f"<xml><Encrypt>{encrypted}</Encrypt></xml>".encode(), timeout=60)


def test_the_address_is_verified_and_that_is_remembered(actor, address):
    wait_for(lambda: facts_of(actor, "wechat.callback_verified"))
    settle_all(actor)
    assert WechatAccount.objects.get().verified_at is not None


def test_the_address_is_verified_with_the_token_saved_this_moment(actor, account, address, weixin, monkeypatch):  # noqa: F811
    monkeypatch.setattr("cove.kernel.signposts.commands._wake", lambda kind, key: None)
    monkeypatch.setattr("cove.edge.mirror.ASK_SECONDS", 60)
    settings = Settings(name="云岫", app_id=weixin.app_id, base_url=weixin.base_url, callback_token="newertoken")
    change_account(actor, account_id=account.id, settings=settings)
    assert tried(address, "newertoken").text == "echo"
    assert tried(address, "anothertoken").status_code == 403


def tried(address, token):
    """Try the address out as the platform does when it is saved there."""
    timestamp, nonce = str(int(clock.now().timestamp())), str(time.monotonic_ns())
    query = {"signature": signed(token, timestamp, nonce), "timestamp": timestamp, "nonce": nonce, "echostr": "echo"}
    return httpx.get(address, params=query, timeout=60)


@pytest.mark.parametrize("mode", ["safe", "compatible"])
def test_a_follower_becomes_a_contact_who_writes_and_leaves(actor, account, address, weixin, mode):  # noqa: F811
    weixin.callbacks_to(address, mode)
    reply(actor, account, "follow", "欢迎关注")
    person = weixin.person()
    openid = weixin.act(person, "follow")
    came(actor, weixin, 1)
    card = people.contact_by_identity(actor, Identity("wechat_openid", openid))
    assert card.source == "official_account"
    (followed,) = facts_of(actor, "wechat.account_followed")
    assert (followed["payload"]["contact_id"], followed["payload"]["again"]) == (card.id, False)
    assert people.number_by_identity(actor, Identity("unionid", weixin.unionid(person))) == card.id
    assert weixin.texts(person) == ["欢迎关注"]
    weixin.act(person, "message", text="请问几点营业？")
    came(actor, weixin, 2)
    (said,) = facts_of(actor, "messages.message_received")
    assert (said["payload"]["text"], said["payload"]["contact_id"]) == ("请问几点营业？", card.id)
    weixin.act(person, "unfollow")
    came(actor, weixin, 3)
    assert facts_of(actor, "wechat.account_unfollowed")[0]["payload"]["contact_id"] == card.id
    assert facade.accounts_of(actor, card.id) == []


def test_plain_callbacks_are_refused_unless_they_are_wanted(actor, account, address, weixin):  # noqa: F811
    xml = text_xml(weixin, "oSTRANGER", "你好", 1)
    assert knock(address, xml, app_id=weixin.app_id, sealed=False).status_code == 403
    wait_for(lambda: facts_of(actor, "wechat.callback_refused"))
    settings = Settings(
        name="云岫", app_id=weixin.app_id, original_id=weixin.original_id, base_url=weixin.base_url, sealed_only=False
    )
    change_account(actor, account_id=account.id, settings=settings)
    wait_for(lambda: knock(address, xml, app_id=weixin.app_id, sealed=False).status_code == 200)


@pytest.mark.parametrize(
    ("spoiled", "status"),
    [
        ({"token": "another"}, 403),
        ({"app_id": "wxother"}, 403),
        ({"at": 1_700_000_000}, 403),
    ],
    ids=["signature", "account", "stale"],
)
def test_what_is_forged_is_refused(actor, address, weixin, spoiled, status):  # noqa: F811
    how = {"app_id": weixin.app_id} | spoiled
    assert knock(address, text_xml(weixin, "oX", "你好", 2), **how).status_code == status
    assert facts_of(actor, ACCEPTED) == []


def test_a_message_that_comes_three_times_counts_once(actor, address, weixin):  # noqa: F811
    person = weixin.person()
    weixin.fault("text", "duplicate", target="callback", count=3)
    weixin.act(person, "follow")
    weixin.act(person, "message", text="在吗")
    came(actor, weixin, 2)
    assert len(facts_of(actor, "messages.message_received")) == 1
    assert len(facts_of(actor, "people.contact_admitted")) == 1


def test_who_is_known_by_wecom_is_the_same_contact(actor, address, weixin):  # noqa: F811
    person = weixin.person()
    known, _ = people.admit_contact(actor, identity=Identity("wecom_external", "wmKNOWN"), source="wecom")
    people.add_identity(actor, contact_id=known.id, identity=Identity("unionid", weixin.unionid(person)))
    openid = weixin.act(person, "follow")
    came(actor, weixin, 1)
    assert people.number_by_identity(actor, Identity("wechat_openid", openid)) == known.id
    assert len(facts_of(actor, "people.contact_admitted")) == 1


def test_an_end_that_overtakes_its_beginning_ends_it(actor, account, address, weixin):  # noqa: F811
    now = int(clock.now().timestamp())
    event = (
        "<xml><ToUserName>{to}</ToUserName><FromUserName>oEARLY</FromUserName><CreateTime>{at}</CreateTime>"
        "<MsgType>event</MsgType><Event>{event}</Event></xml>"
    )
    for number, (name, at) in enumerate((("unsubscribe", now), ("subscribe", now - 20)), 1):
        xml = event.format(to=weixin.original_id, at=at, event=name)
        assert knock(address, xml, app_id=weixin.app_id).status_code == 200
        wait_for(lambda number=number: len(facts_of(actor, ACCEPTED)) == number)
        settle_all(actor)
    assert len(facts_of(actor, "wechat.account_followed")) == 1
    assert len(facts_of(actor, "wechat.account_unfollowed")) == 1
    assert WechatFollower.objects.get(openid="oEARLY").following is False


def test_a_code_tags_greets_and_counts(actor, account, address, weixin):  # noqa: F811
    group = create_tag_group(actor, name="来源", library="sales")
    tag = create_tag(actor, group_id=group.id, name="展会")
    messages = [{"form": "text", "content": "展会专享礼包"}]
    code = create_code(actor, account_id=account.id, name="春季展", tag_ids=[tag.id], messages=messages)
    settle_all(actor)
    code.refresh_from_db()
    assert code.ticket
    assert code.problem == ""
    person = weixin.person()
    openid = weixin.act(person, "scan", ticket=code.ticket)
    came(actor, weixin, 1)
    contact_id = people.number_by_identity(actor, Identity("wechat_openid", openid))
    assert people.tag_ids_of(actor, contact_id) == {tag.id}
    assert facts_of(actor, "wechat.account_followed")[0]["payload"]["code_name"] == "春季展"
    weixin.act(person, "scan", ticket=code.ticket)
    came(actor, weixin, 2)
    assert facts_of(actor, "wechat.code_scanned")[0]["payload"]["code_id"] == code.id
    assert weixin.texts(person) == ["展会专享礼包"] * 2
    found = WechatCode.objects.get(id=code.id)
    assert (found.follows, found.scans) == (1, 1)


def test_keywords_are_answered_the_closest_first(actor, account, address, weixin):  # noqa: F811
    reply(actor, account, "keyword", "整句", keywords=["价格"])
    reply(actor, account, "keyword", "长词", keywords=["价格表"])
    reply(actor, account, "keyword", "仅整句", keywords=["地址"], whole=True)
    reply(actor, account, "other", "稍后回复您")
    person = weixin.person()
    weixin.act(person, "follow")
    for text in ("价格", "想要价格表", "地址", "你们的地址"):
        weixin.act(person, "message", text=text)
    came(actor, weixin, 5)
    assert weixin.texts(person) == ["整句", "长词", "仅整句", "稍后回复您"]
    assert len(facts_of(actor, "messages.message_sent")) == 4


def test_the_window_is_kept_and_its_end_is_told(actor, account, address, weixin):  # noqa: F811
    person = weixin.person()
    openid = weixin.act(person, "follow")
    weixin.act(person, "message", text="你好")
    came(actor, weixin, 2)
    contact_id = people.number_by_identity(actor, Identity("wechat_openid", openid))
    # Following opens a window of one minute, which a busy machine may or may not be done within; what he wrote opens one of two days.
    WechatFollower.objects.update(touch_until=clock.now())

    def say(number):
        message = {"form": "text", "content": f"第 {number} 条"}
        return facade.send_message(actor, contact_id=contact_id, message=message, key=f"k{number}")

    assert all(say(number) for number in range(6))
    assert say(0) is False
    settle_all(actor)
    assert weixin.texts(person) == [f"第 {number} 条" for number in range(5)]
    (failed,) = facts_of(actor, "messages.message_failed")
    assert failed["payload"]["reason"] == "window_used_up"
    WechatFollower.objects.update(talk_until=clock.now())
    say(9)
    settle_all(actor)
    assert facts_of(actor, "messages.message_failed")[1]["payload"]["reason"] == "window_over"
    assert len(weixin.calls("cgi-bin/message/custom/send")) == 5
    weixin.act(person, "message", text="在")
    came(actor, weixin, 3)
    say(10)
    settle_all(actor)
    assert weixin.texts(person)[-1] == "第 10 条"


def test_following_opens_a_short_window(actor, account, address, weixin):  # noqa: F811
    person = weixin.person()
    openid = weixin.act(person, "follow")
    came(actor, weixin, 1)
    row = WechatFollower.objects.get(openid=openid)
    assert (row.touch_left, row.talk_until) == (3, None)
    WechatFollower.objects.update(touch_until=clock.now() + timedelta(hours=1))
    turns = [take_turn(actor, account_id=row.account_id, openid=openid) for _ in range(4)]
    assert turns == ["touch", "touch", "touch", "window_used_up"]


def test_the_menu_is_told(actor, account, address, weixin):  # noqa: F811
    person = weixin.person()
    weixin.act(person, "follow")
    weixin.act(person, "menu", action="CLICK", key="NEWS")
    came(actor, weixin, 2)
    assert facts_of(actor, "wechat.menu_used")[0]["payload"]["entry"] == "NEWS"


def test_whoever_the_platform_will_not_tell_of_is_a_contact_all_the_same(actor, address, weixin):  # noqa: F811
    weixin.fault("cgi-bin/user/info", "errcode", errcode=48001)
    weixin.act(weixin.person(), "follow")
    came(actor, weixin, 1)
    assert len(facts_of(actor, "wechat.account_followed")) == 1
