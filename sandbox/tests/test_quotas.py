"""How much the platform takes, and from where."""

import pytest

from sandbox import seed
from sandbox.wecom import app_messages, media

PICTURE = {"media": ("x.png", b"\x89PNG\r\n" + bytes(20), "image/png")}


def test_an_interface_is_shut_for_a_minute_after_one_call_too_many(box):
    token = box.token()
    box.api("PUT", "/settings/calls_a_minute", {"value": "3"})
    asked = [box.get("department/list", token=token)["errcode"] for _ in range(8)]
    # The minute may turn once while they are made.
    assert asked.count(45009) >= 2
    assert asked[:3] == [0, 0, 0]
    assert box.get("department/simplelist", token=token)["errcode"] == 0, "each interface has its own quota"
    box.api("POST", "/clock", {"advance_seconds": 121})
    assert box.get("department/list", token=token)["errcode"] == 0


def test_an_hour_has_its_quota_too(box):
    token = box.token()
    box.api("PUT", "/settings/calls_an_hour", {"value": "3"})
    asked = [box.get("department/list", token=token)["errcode"] for _ in range(8)]
    assert asked.count(45009) >= 2
    box.api("POST", "/clock", {"advance_seconds": 121})
    assert box.get("department/list", token=token)["errcode"] in (0, 45009)
    box.api("POST", "/clock", {"advance_seconds": 3700})
    assert box.get("department/list", token=token)["errcode"] == 0


def test_addresses_that_are_not_trusted_are_refused(box):
    token = box.token()
    box.api("PUT", "/settings/trusted_ips", {"value": "203.0.113.7"})
    assert box.get("department/list", token=token)["errcode"] == 60020
    box.api("PUT", "/settings/trusted_ips", {"value": "203.0.113.7,127.0.0.1"})
    assert box.get("department/list", token=token)["errcode"] == 0


def test_pictures_with_an_address_have_a_quota(box, monkeypatch):
    monkeypatch.setattr(media, "PICTURES_A_DAY", 2)
    query = {"access_token": box.token()}
    asked = [box.http.post("/cgi-bin/media/uploadimg", params=query, files=PICTURE).json()["errcode"] for _ in range(3)]
    assert asked == [0, 0, 45009]


@pytest.mark.parametrize(("name", "span"), [("A_MINUTE", 61), ("AN_HOUR", 3601)])
def test_what_a_member_gets_too_much_of_is_dropped_in_silence(box, monkeypatch, name, span):
    monkeypatch.setattr(app_messages, name, 2)
    body = {"touser": "WangFang", "agentid": seed.APP_AGENT_ID, "msgtype": "text", "text": {"content": "您好"}}

    def send() -> int:
        return box.http.post("/cgi-bin/message/send", params={"access_token": box.token()}, json=body).json()["errcode"]

    assert [send() for _ in range(3)] == [0, 0, 0]
    assert _got(box) == 2
    box.api("POST", "/clock", {"advance_seconds": span})
    assert send() == 0
    assert _got(box) == 3


def _got(box) -> int:
    return len(box.api("GET", f"/corps/{box.corp_id}/staff-messages?userid=WangFang")["items"])
