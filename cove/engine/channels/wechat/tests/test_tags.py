"""Tags of followers, and menus for those who have one: made here, done at the platform, read back from there."""

from __future__ import annotations

import httpx
import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from cove.directory.people import facade as people
from cove.directory.people.contracts import Identity
from cove.engine.channels.wechat.client import followers, menus
from cove.engine.channels.wechat.commands.tags import take_over_tags
from cove.engine.channels.wechat.contracts.answers import ConditionalMenu, UserTag
from cove.engine.channels.wechat.models import WechatFollower, WechatSpecialMenu, WechatTag
from cove.engine.channels.wechat.tests.test_contract import on_line
from cove.engine.channels.wechat.tests.test_sync import synced
from cove.engine.channels.wecom.tests.driving import settle_all

BUTTONS = [{"name": "会员中心", "action": "view", "url": "https://yunxiu.example/vip"}]
PLAIN = [{"name": "官网", "action": "view", "url": "https://yunxiu.example/"}]


@pytest.fixture
def send(browser_client, account):
    def sent(method, path, body=None):
        where = f"/api/channels/wechat/{account.id}/{path}"
        return getattr(browser_client, method)(where, body or {}, content_type="application/json")

    return sent


@pytest.fixture
def crowd(actor, account, weixin):
    """Three followers: who they are at the platform, and here."""
    persons = [weixin.person() for _ in range(3)]
    openids = [weixin.act(person, "follow") for person in persons]
    synced(actor, account)
    contacts = [people.number_by_identity(actor, Identity("wechat_openid", openid)) for openid in openids]
    return list(zip(persons, openids, contacts, strict=True))


def there(actor, account):
    """The tags at the platform: name to how many have it."""
    return {one.name: one.count for one in on_line(actor, account, followers.list_tags) if one.id > 2}


def made(actor, send, name="会员"):
    answer = send("post", "tags", {"name": name})
    assert (answer.status_code, answer.json()["state"]) == (201, "making"), answer.content
    settle_all(actor)
    return answer.json()["id"]


def phone_menu(weixin, person):
    """The buttons that somebody sees on his phone."""
    state = httpx.get(
        f"{weixin.base_url.removesuffix('/weixin')}/sandbox/api/persons/{person}/phone", timeout=60
    ).json()
    (chat,) = [one for one in state["chats"] if one.get("app_id") == weixin.app_id]
    return [button["name"] for button in chat["menu"]]


def test_a_tag_is_made_renamed_put_on_taken_off_and_removed(actor, account, crowd, send):
    tag = made(actor, send)
    assert there(actor, account) == {"会员": 0}
    assert send("put", f"tags/{tag}", {"name": "老会员"}).status_code == 200
    chosen = [contact for _, _, contact in crowd[:2]]
    body = {"put": True, "target": {"kind": "contacts", "contact_ids": chosen}}
    assert send("post", f"tags/{tag}/followers", body).json() == {"people": 2}
    settle_all(actor)
    assert there(actor, account) == {"老会员": 2}
    (shown,) = send("get", "tags").json()["items"]
    assert (shown["name"], shown["people"], shown["state"], shown["problem"]) == ("老会员", 2, "ready", None)
    number = WechatTag.objects.get().number
    having = WechatFollower.objects.filter(tag_ids__contains=[number])
    assert set(having.values_list("contact_id", flat=True)) == set(chosen)
    body = {"put": False, "target": {"kind": "contacts", "contact_ids": [*chosen, crowd[2][2]]}}
    assert send("post", f"tags/{tag}/followers", body | {"target": body["target"]}).json() == {"people": 2}
    settle_all(actor)
    assert there(actor, account) == {"老会员": 0}
    assert send("delete", f"tags/{tag}").status_code == 204
    settle_all(actor)
    assert (there(actor, account), send("get", "tags").json()["items"]) == ({}, [])


def test_whoever_has_one_of_our_tags_gets_one_of_the_platform(actor, account, crowd, send):
    with transaction.atomic():
        ours = people.ensure_tags(actor, group="来源", names=["展会"])["展会"]
        people.tag_contact(actor, contact_id=crowd[1][2], add=[ours.id], source="console")
    tag = made(actor, send)
    body = {"put": True, "target": {"kind": "tag", "tag_id": ours.id}}
    assert send("post", f"tags/{tag}/followers", body).json() == {"people": 1}
    settle_all(actor)
    assert there(actor, account) == {"会员": 1}
    # He has it: there is nobody left to put it on.
    again = send("post", f"tags/{tag}/followers", body)
    assert (again.status_code, again.json()["error"]["code"]) == (409, "wechat.nobody_to_reach")


def test_what_cannot_be_is_refused_in_words(actor, account, crowd, send):
    tag = made(actor, send)
    for name in (" ", "一二三四五六七八九十一"):
        assert list(send("post", "tags", {"name": name}).json()["error"]["fields"]) == ["name"]
    assert send("post", "tags", {"name": "会员"}).json()["error"]["code"] == "wechat.tag_taken"
    assert send("put", f"tags/{tag}", {"name": "会员"}).status_code == 200
    missing = {"target": {"kind": "contacts", "contact_ids": [10**9]}}
    assert send("post", f"tags/{tag}/followers", missing).status_code == 404
    assert list(
        send("post", f"tags/{tag}/followers", {"target": {"kind": "tag", "tag_id": 10**9}}).json()["error"]["fields"]
    ) == ["target"]


def test_what_the_platform_refuses_is_shown_and_can_be_tried_again(actor, account, weixin, crowd, send):
    weixin.fault("cgi-bin/tags/create", "errcode", errcode=45056, times=1)
    tag = made(actor, send)
    (shown,) = send("get", "tags").json()["items"]
    assert (shown["state"], bool(shown["problem"])) == ("failed", True)
    send("put", f"tags/{tag}", {"name": "会员"})
    settle_all(actor)
    (shown,) = send("get", "tags").json()["items"]
    assert (shown["state"], shown["problem"]) == ("ready", None)


def test_a_lost_answer_makes_no_second_tag(actor, account, weixin, send):
    weixin.fault("cgi-bin/tags/create", "drop", after=True, times=1)
    made(actor, send)
    assert there(actor, account) == {"会员": 0}
    assert send("get", "tags").json()["items"][0]["state"] == "ready"


def test_tags_of_the_platform_are_taken_over(actor, account, crowd, send):
    openid = crowd[0][1]

    async def elsewhere(line):
        tag = await followers.create_tag(line, "高意向")
        await followers.put_tag(line, tag.id, [openid])

    on_line(actor, account, elsewhere)
    synced(actor, account)
    (shown,) = send("get", "tags").json()["items"]
    assert (shown["name"], shown["people"]) == ("高意向", 1)
    assert WechatFollower.objects.get(openid=openid).tag_ids == [WechatTag.objects.get().number]


def test_taking_over_asks_as_often_for_many_as_for_one(actor, account):
    def asked(first, count):
        found = [UserTag(id=first + number, name=f"{first + number}") for number in range(count)]
        with CaptureQueriesContext(connection) as captured:
            take_over_tags(actor, account_id=account.id, tags=found)
        return len(captured)

    asked(100, 1)
    one, many = asked(200, 1), asked(300, 80)
    assert many <= one + 1


def test_a_menu_for_those_with_a_tag_is_what_they_see(actor, account, weixin, crowd, send):
    tag = made(actor, send)
    menu = {"name": "会员菜单", "wechat_tag_id": tag, "buttons": BUTTONS}
    refused = send("post", "menus", menu)
    assert (refused.status_code, refused.json()["error"]["code"]) == (409, "wechat.no_plain_menu")
    send("put", "menu", {"buttons": PLAIN})
    send("post", f"tags/{tag}/followers", {"target": {"kind": "contacts", "contact_ids": [crowd[0][2]]}})
    answer = send("post", "menus", menu)
    assert answer.status_code == 201, answer.content
    settle_all(actor)
    assert [phone_menu(weixin, person) for person, _, _ in crowd] == [["会员中心"], ["官网"], ["官网"]]
    path = f"menus/{answer.json()['id']}"
    assert send("delete", f"tags/{tag}").json()["error"]["code"] == "wechat.tag_in_use"
    assert send("post", "menus", menu).json()["error"]["code"] == "wechat.menu_rule_taken"
    assert send("put", "menu", {"buttons": []}).json()["error"]["code"] == "wechat.special_menus_left"
    changed = menu | {"buttons": [BUTTONS[0] | {"name": "老会员"}]}
    assert send("put", path, changed).status_code == 200
    settle_all(actor)
    assert phone_menu(weixin, crowd[0][0]) == ["老会员"]
    assert len(on_line(actor, account, menus.list_conditional_menus)) == 1
    (shown,) = send("get", "menus").json()["items"]
    assert (shown["tag_name"], shown["problem"], bool(shown["put_at"])) == ("会员", None, True)
    assert send("delete", path).status_code == 204
    settle_all(actor)
    assert phone_menu(weixin, crowd[0][0]) == ["官网"]
    assert send("get", "menus").json()["items"] == []


def test_a_lost_answer_leaves_one_menu(actor, account, weixin, crowd, send):
    send("put", "menu", {"buttons": PLAIN})
    settle_all(actor)
    weixin.fault("cgi-bin/menu/addconditional", "drop", after=True, times=1)
    send("post", "menus", {"name": "苹果手机", "platform": "1", "buttons": BUTTONS})
    settle_all(actor)
    (one,) = on_line(actor, account, menus.list_conditional_menus)
    assert (str(one.number), one.rule.client_platform_type) == (WechatSpecialMenu.objects.get().number, "1")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": " "}, "name"),
        ({"platform": ""}, "wechat_tag_id"),
        ({"wechat_tag_id": 10**9}, "wechat_tag_id"),
        ({"platform": "9"}, "platform"),
        ({"buttons": []}, "buttons"),
        ({"buttons": [{"name": "", "action": "view", "url": "https://a.example"}]}, "buttons"),
    ],
)
def test_a_wrong_menu_names_its_field(send, change, field):
    good = {"name": "苹果手机", "platform": "1", "buttons": BUTTONS}
    answer = send("post", "menus", good | change)
    assert (answer.status_code, list(answer.json()["error"]["fields"])) == (422, [field])


def test_a_menu_whose_tag_is_gone_there_says_so(actor, account, crowd, send):
    tag = made(actor, send)
    send("put", "menu", {"buttons": PLAIN})
    send("post", "menus", {"name": "会员菜单", "wechat_tag_id": tag, "buttons": BUTTONS})
    settle_all(actor)
    number = WechatTag.objects.get().number
    on_line(actor, account, lambda line: followers.delete_tag(line, number))
    synced(actor, account)
    (shown,) = send("get", "menus").json()["items"]
    assert (shown["wechat_tag_id"], bool(shown["problem"])) == (None, True)


def test_recorded_shapes_of_menus_are_understood():
    said = {"button": [], "matchrule": {"group_id": 2, "tag_id": 101, "client_platform_type": "2"}, "menuid": 208396993}
    one = ConditionalMenu.model_validate(said)
    assert (one.number, one.rule.tag_id, one.rule.client_platform_type) == (208396993, "101", "2")


def test_lists_ask_as_often_for_many_as_for_one(actor, account, send):
    def asked(path):
        with CaptureQueriesContext(connection) as captured:
            assert send("get", path).status_code == 200
        return len(captured)

    def add(number):
        tag = WechatTag.objects.create(account=account, name=f"{number}", number=number)
        WechatSpecialMenu.objects.create(account=account, name=f"{number}", tag=tag)

    add(100)
    before = [asked("tags"), asked("menus")]
    for number in range(101, 106):
        add(number)
    assert [asked("tags"), asked("menus")] == before
