import pytest

LINK = {"msgtype": "link", "link": {"title": "新品画册", "url": "http://127.0.0.1/a", "desc": "春季"}}


@pytest.fixture
def code(box, receiver) -> str:
    box.listen(receiver)
    box.befriend(state="ch_1")
    return receiver.wait_for("add_external_contact")["WelcomeCode"]


def welcome(box, code: str, text: str = "您好", **fields) -> int:
    return box.code("send_welcome_msg", {"welcome_code": code, "text": {"content": text}, **fields})


def test_it_goes_out_once_and_is_seen(box, code):
    assert welcome(box, code, attachments=[LINK]) == 0
    assert [(one["sender"], one["kind"]) for one in box.messages()] == [
        ("notice", "added"),
        ("member", "text"),
        ("member", "link"),
    ]
    assert welcome(box, code) == 41051
    assert len(box.messages()) == 3


@pytest.mark.parametrize(("seconds", "errcode"), [(18, 0), (22, 41050)])
def test_twenty_seconds(box, code, seconds, errcode):
    box.api("POST", "/clock", {"advance_seconds": seconds})
    assert welcome(box, code) == errcode


def test_not_once_the_customer_talks(box, code):
    box.api("POST", f"/persons/1/friends/{box.corp_id}/WangFang/messages", {"text": "在吗"})
    assert welcome(box, code) == 41051


def test_not_to_one_who_left(box, code):
    box.api("DELETE", f"/persons/1/friends/{box.corp_id}/WangFang")
    assert welcome(box, code) == 41050


def test_not_with_a_code_of_another_corp(box, code):
    other = box.api("POST", "/corps", {"name": "另一家"})
    token = box.token(other["apps"][0]["secret"], other["corp_id"])
    body = {"welcome_code": code, "text": {"content": "x"}}
    assert box.post("send_welcome_msg", body, token=token)["errcode"] == 41050


@pytest.mark.parametrize(
    ("body", "errcode"),
    [
        ({"text": {"content": "x"}}, 41049),
        ({"welcome_code": "unknown", "text": {"content": "x"}}, 41050),
        ({"welcome_code": "CODE"}, 40063),
        ({"welcome_code": "CODE", "text": "x"}, 40058),
        ({"welcome_code": "CODE", "text": {"content": "字" * 1334}}, 45002),
        ({"welcome_code": "CODE", "attachments": [LINK] * 10}, 41064),
        ({"welcome_code": "CODE", "attachments": [{"msgtype": "card"}]}, 41065),
        ({"welcome_code": "CODE", "attachments": {"msgtype": "link"}}, 41065),
        ({"welcome_code": "CODE", "attachments": [{"msgtype": "link", "link": {"title": "x"}}]}, 41065),
        ({"welcome_code": "CODE", "attachments": [{"msgtype": "image", "image": {}}]}, 41065),
        (
            {"welcome_code": "CODE", "attachments": [{"msgtype": "link", "link": {"title": "长" * 43, "url": "x"}}]},
            41065,
        ),
        ({"welcome_code": "CODE", "attachments": [{"msgtype": "image", "image": {"media_id": "m"}}]}, 40007),
        ({"welcome_code": "CODE", "attachments": [{"msgtype": "file", "file": {"media_id": "m"}}]}, 40007),
    ],
)
def test_checks_do_not_use_the_code_up(box, code, body, errcode):
    sent = {name: code if value == "CODE" else value for name, value in body.items()}
    assert box.code("send_welcome_msg", sent) == errcode
    assert welcome(box, code, "字" * 1333) == 0


def test_no_second_code_while_they_are_friends(box, receiver, code):
    assert welcome(box, code) == 0
    box.befriend()
    box.api("POST", "/callbacks/drain")
    assert len(receiver.events) == 1


def test_half_and_full(box, receiver):
    box.listen(receiver)
    config_id = box.way("WangFang")["config_id"]
    half = box.api("POST", "/persons/1/friends", {"config_id": config_id, "half": True})
    assert half["stage"] == "half"
    code = receiver.wait_for("add_half_external_contact")["WelcomeCode"]
    assert welcome(box, code) == 0
    assert box.api("POST", "/persons/1/friends", {"config_id": config_id})["stage"] == "full"
    assert "WelcomeCode" not in receiver.wait_for("add_external_contact")


def test_app_messages(box):
    query = {"access_token": box.token()}

    def send(**body) -> dict:
        return box.http.post("/cgi-bin/message/send", params=query, json=body).json()

    text = {"msgtype": "text", "agentid": 1000002, "text": {"content": "新客户"}}
    answer = send(touser="WangFang|Nobody", **text)
    assert (answer["errcode"], answer["invaliduser"]) == (0, "Nobody")
    assert send(toparty="5|99", **text)["invalidparty"] == "99"
    card = {"title": "新客户", "description": "林晓雨", "url": "http://127.0.0.1/"}
    assert send(touser="@all", msgtype="textcard", agentid=1000002, textcard=card)["errcode"] == 0
    items = box.api("GET", f"/corps/{box.corp_id}/staff-messages?userid=WangFang")["items"]
    assert [one["kind"] for one in items] == ["text", "text", "textcard"]
    assert send(**text)["errcode"] == 82001
    assert send(touser="Nobody", **text)["errcode"] == 81013
    assert send(touser="WangFang", **(text | {"agentid": 7}))["errcode"] == 301002
    assert send(touser="WangFang", msgtype="text", text={"content": "x"})["errcode"] == 40056
    assert send(touser="WangFang", **(text | {"msgtype": "voice"}))["errcode"] == 40008
    assert send(touser="WangFang", **(text | {"text": {}}))["errcode"] == 40063
