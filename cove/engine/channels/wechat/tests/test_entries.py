"""Codes and addresses that open a mini-program."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cove.engine.channels.wechat.models import WechatEntry
from cove.engine.channels.wecom.tests.driving import settle_all
from cove.kernel import clock

CODE = {"name": "展会海报", "form": "code", "page": "pages/index", "said": "c=expo"}


@pytest.fixture
def send(browser_client, program):
    def sent(method, path="", body=None):
        where = f"/api/channels/wechat/{program.id}/entries{path}"
        return getattr(browser_client, method)(where, body or {}, content_type="application/json")

    return sent


def test_codes_and_addresses_are_made(actor, mini, send):
    wanted = [CODE, CODE | {"form": "link", "said": "utm_source=sms", "days": 7}, CODE | {"form": "scheme", "days": 30}]
    for body in wanted:
        answer = send("post", "", body)
        assert (answer.status_code, answer.json()["state"]) == (201, "making"), answer.content
    settle_all(actor)
    scheme, link, code = send("get").json()["items"]
    assert {one["state"] for one in (scheme, link, code)} == {"ready"}
    assert (link["address"].startswith("https://wxaurl.cn/"), scheme["address"].startswith("weixin://")) == (True, True)
    assert (code["ends_at"], bool(link["ends_at"])) == (None, True)
    picture = send("get", f"/{code['id']}/picture")
    assert (picture.headers["content-type"], picture.content[1:4]) == ("image/png", b"PNG")
    assert send("get", f"/{link['id']}/picture").status_code == 404
    WechatEntry.objects.filter(form="link").update(ends_at=clock.now())
    states = {one["form"]: one["state"] for one in send("get").json()["items"]}
    assert states == {"code": "ready", "link": "over", "scheme": "ready"}
    assert send("delete", f"/{code['id']}").status_code == 204
    assert len(send("get").json()["items"]) == 2


def test_what_could_not_be_made_says_why_and_can_be_made_again(actor, mini, send):
    mini.fault("wxa/getwxacodeunlimit", "errcode", errcode=41030, times=1)
    entry = send("post", "", CODE).json()["id"]
    settle_all(actor)
    (shown,) = send("get").json()["items"]
    assert (shown["state"], bool(shown["problem"]), shown["picture_url"]) == ("failed", True, "")
    assert send("post", f"/{entry}/renew").json()["state"] == "making"
    settle_all(actor)
    assert send("get").json()["items"][0]["state"] == "ready"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": " "}, "name"),
        ({"page": "/pages/index"}, "page"),
        ({"page": "pages/index?a=1"}, "page"),
        ({"said": ""}, "said"),
        ({"said": "中文"}, "said"),
        ({"said": "a" * 33}, "said"),
        ({"form": "link", "days": 31}, "days"),
        ({"form": "link", "days": 7, "said": "a" * 1025}, "said"),
    ],
)
def test_a_wrong_one_names_its_field(send, change, field):
    answer = send("post", "", CODE | change)
    assert (answer.status_code, list(answer.json()["error"]["fields"])) == (422, [field])


def test_an_official_account_has_none(browser_client, account):
    path = f"/api/channels/wechat/{account.id}/entries"
    assert browser_client.post(path, CODE, content_type="application/json").status_code == 404


def test_a_list_asks_as_often_for_many_as_for_one_and_reads_no_picture(program, send):
    def add():
        WechatEntry.objects.create(account=program, name="码", form="code", picture=b"x" * 9, created_at=clock.now())

    def asked():
        with CaptureQueriesContext(connection) as captured:
            assert send("get").status_code == 200
        return len(captured), any('"picture"' in one["sql"] for one in captured.captured_queries)

    add()
    before = asked()
    for _ in range(4):
        add()
    assert asked() == before
    assert before[1] is False
