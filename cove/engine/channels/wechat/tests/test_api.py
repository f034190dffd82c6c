from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cove.engine.channels.wechat.models import WechatAccount, WechatMenu
from cove.engine.channels.wechat.tests.platform import AES_KEY, TOKEN
from cove.engine.channels.wecom.tests.driving import settle_all

HOME = "/api/channels/wechat"


def sent(client, method, path, body):
    return getattr(client, method)(path, body, content_type="application/json")


@pytest.fixture
def wanted(weixin):
    return {
        "kind": "official",
        "name": "云岫家居",
        "app_id": weixin.app_id,
        "original_id": weixin.original_id,
        "base_url": weixin.base_url,
        "secret": weixin.secret,
        "callback_token": TOKEN,
        "aes_key": AES_KEY,
    }


def test_an_account_is_added_and_no_secret_comes_back(browser_client, wanted):
    answer = sent(browser_client, "post", HOME, wanted)
    assert answer.status_code == 201, answer.content
    shown = answer.json()
    assert (shown["secret_set"], shown["callback_token_set"], shown["aes_key_set"]) == (True, True, True)
    assert wanted["secret"] not in answer.content.decode()
    assert "/callbacks/wechat/" in shown["callback_url"]
    again = sent(browser_client, "post", HOME, wanted)
    assert (again.status_code, again.json()["error"]["code"]) == (409, "wechat.account_taken")
    path = f"{HOME}/{shown['id']}"
    kept = {"name": "云岫", "app_id": wanted["app_id"], "base_url": wanted["base_url"]}
    assert sent(browser_client, "put", path, kept).json()["secret_set"] is True
    assert WechatAccount.objects.get().secret == wanted["secret"]
    assert browser_client.delete(path).status_code == 204
    assert browser_client.get(path).status_code == 404


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": " "}, "name"),
        ({"app_id": "ww1234567890"}, "app_id"),
        ({"base_url": "ftp://x"}, "base_url"),
        ({"callback_token": "a b"}, "callback_token"),
        ({"aes_key": "short"}, "aes_key"),
    ],
)
def test_wrong_input_names_its_field(browser_client, wanted, change, field):
    answer = sent(browser_client, "post", HOME, wanted | change)
    assert answer.status_code == 422
    assert list(answer.json()["error"]["fields"]) == [field]


def test_the_list_asks_as_often_for_many_as_for_one(browser_client, wanted):
    def asked(count):
        for number in range(count):
            sent(browser_client, "post", HOME, wanted | {"app_id": f"wxmany{count}{number:04d}"})
        with CaptureQueriesContext(connection) as queries:
            assert browser_client.get(HOME).status_code == 200
        return len(queries)

    asked(1)
    assert asked(1) == asked(5)


def test_checks_say_what_works_and_what_to_do(browser_client, wanted, weixin):
    path = f"{HOME}/{sent(browser_client, 'post', HOME, wanted).json()['id']}"
    checks = {one["key"]: one for one in browser_client.post(f"{path}/check").json()["checks"]}
    assert {key for key, one in checks.items() if one["ok"]} == {
        "token",
        "followers",
        "tags",
        "menus",
        "drafts",
        "pages",
        "templates",
        "subscriptions",
    }
    assert "Basic configuration" in checks["callback"]["remedy"]
    weixin.fault("cgi-bin/stable_token", "errcode", errcode=40164)
    first = browser_client.post(f"{path}/check").json()["checks"][0]
    assert (first["ok"], "whitelist" in first["remedy"]) == (False, True)


@pytest.mark.parametrize(
    ("reply", "field"),
    [
        ({"name": ""}, "name"),
        ({"on": "keyword", "keywords": []}, "keywords"),
        ({"messages": []}, "messages"),
        ({"messages": [{"form": "text", "content": "字" * 690}]}, "messages"),
        ({"messages": [{"form": "link", "title": "a", "url": "x"}]}, "messages"),
    ],
)
def test_a_wrong_reply_names_its_field(browser_client, wanted, reply, field):
    path = f"{HOME}/{sent(browser_client, 'post', HOME, wanted).json()['id']}/replies"
    good = {"on": "other", "name": "答", "messages": [{"form": "text", "content": "您好"}]}
    answer = sent(browser_client, "post", path, good | reply)
    assert answer.status_code == 422
    assert list(answer.json()["error"]["fields"]) == [field]
    assert sent(browser_client, "post", path, good).status_code == 201


def test_a_menu_is_published_and_what_the_platform_says_is_kept(actor, browser_client, account, weixin):
    path = f"{HOME}/{account.id}/menu"
    entry = {"name": "官网", "action": "view", "url": "https://yunxiu.example/"}
    body = {"buttons": [{"name": "了解", "below": [entry]}, {"name": "客服", "action": "click", "key": "KF"}]}
    assert sent(browser_client, "put", path, body).status_code == 200
    settle_all(actor)
    assert WechatMenu.objects.get().put_at is not None
    assert browser_client.get(path).json()["buttons"][0]["below"][0]["url"] == entry["url"]
    weixin.fault("cgi-bin/menu/create", "errcode", errcode=40018)
    sent(browser_client, "put", path, body)
    settle_all(actor)
    assert browser_client.get(path).json()["problem"]
    too_many = {"buttons": [{"name": "甲", "action": "click", "key": "K"}] * 4}
    assert list(sent(browser_client, "put", path, too_many).json()["error"]["fields"]) == ["buttons"]


def test_a_code_of_an_account_has_its_scene_once(actor, browser_client, account):
    path = f"{HOME}/{account.id}/codes"
    body = {"name": "展会", "scene": "expo", "days": 7}
    assert sent(browser_client, "post", path, body).status_code == 201
    taken = sent(browser_client, "post", path, body)
    assert (taken.status_code, taken.json()["error"]["code"]) == (409, "wechat.scene_taken")
    assert list(sent(browser_client, "post", path, body | {"scene": "有空格 "}).json()["error"]["fields"]) == ["scene"]
    settle_all(actor)
    (code,) = browser_client.get(path).json()["items"]
    assert code["picture_url"].startswith("http")
    assert code["expires_at"]
