import json

import pytest

from sandbox.tests.running import KEY, TOKEN


@pytest.fixture
def app(box):
    return box.api("POST", "/weixin/apps", {"kind": "official", "name": "云岫家居"})


def token(box, app, **more) -> dict:
    asked = {"grant_type": "client_credential", "appid": app["app_id"], "secret": app["secret"]}
    return box.http.post("/weixin/cgi-bin/stable_token", json=asked | more).json()


def post(box, app, path, body) -> dict:
    query = {"access_token": token(box, app)["access_token"]}
    text = json.dumps(body, ensure_ascii=False).encode()
    return box.http.post(f"/weixin/cgi-bin/{path}", params=query, content=text).json()


def act(box, app, what, **said) -> str:
    return box.api("POST", f"/weixin/apps/{app['app_id']}/people/1/{what}", said)["openid"]


def say(box, app, openid) -> int:
    body = {"touser": openid, "msgtype": "text", "text": {"content": "您好"}}
    return post(box, app, "message/custom/send", body)["errcode"]


def test_a_stable_token_stays_until_it_is_forced(box, app):
    first = token(box, app)["access_token"]
    assert token(box, app)["access_token"] == first
    assert token(box, app, force_refresh=True)["access_token"] != first
    assert token(box, app, force_refresh=True)["errcode"] == 45011
    assert token(box, app, secret="wrong")["errcode"] == 40125
    assert token(box, app, appid="wx0")["errcode"] == 40013
    assert token(box, app, secret="")["errcode"] == 41004


def test_windows_open_by_what_people_do_and_end_by_the_clock(box, app):
    openid = act(box, app, "follow")
    assert [say(box, app, openid) for _ in range(4)] == [0, 0, 0, 45047]
    box.api("POST", "/clock", {"advance_seconds": 61})
    assert say(box, app, openid) == 45015
    act(box, app, "message", text="在吗")
    assert [say(box, app, openid) for _ in range(6)] == [0] * 5 + [45047]
    box.api("POST", "/clock", {"advance_seconds": 172_801})
    assert say(box, app, openid) == 45015
    act(box, app, "unfollow")
    assert say(box, app, openid) == 43004


def test_each_follower_gets_four_mass_messages_a_month(box, app):
    act(box, app, "follow")
    body = {"filter": {"is_to_all": False, "tag_id": 100}, "msgtype": "text", "text": {"content": "新品"}}
    openid = act(box, app, "message", text="在")
    post(box, app, "tags/create", {"tag": {"name": "会员"}})
    post(box, app, "tags/members/batchtagging", {"openid_list": [openid], "tagid": 100})
    for number in range(5):
        assert post(box, app, "message/mass/sendall", body | {"clientmsgid": f"m{number}"})["errcode"] == 0
    path = f"/weixin/apps/{app['app_id']}/people/1"
    assert len([one for one in box.api("GET", path)["messages"] if one["sender"] == "account"]) == 4


def test_escaped_characters_are_not_understood(box, app):
    query = {"access_token": token(box, app)["access_token"]}
    answer = box.http.post("/weixin/cgi-bin/tags/create", params=query, content=b'{"tag": {"name": "\\u4f1a\\u5458"}}')
    assert answer.json()["errcode"] == 47001


def test_unknown_endpoints_are_loud(box, app):
    assert box.http.get("/weixin/cgi-bin/nothing").status_code == 404


def test_an_address_that_does_not_echo_is_not_saved(box, app, site):
    body = {"url": f"{site.url}/nowhere", "token": TOKEN, "aes_key": KEY}
    assert box.refused("PUT", f"/weixin/apps/{app['app_id']}/callback", body) == (422, "bad_echo")
