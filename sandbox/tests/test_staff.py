"""Members' phones over the scripting API: who lies on the table, what is said, what is taken back."""

from sandbox import seed

FANG = f"/corps/{seed.CORP_ID}/members/WangFang"
PNG = bytes.fromhex("89504e470d0a1a0a0000000d49484452") + b"\0" * 24


def thread(box, key, userid="WangFang"):
    return box.api("GET", f"/corps/{seed.CORP_ID}/members/{userid}/threads/{key}")["items"]


def test_a_phone_is_put_on_the_table_and_away(box):
    shown = lambda: [one["userid"] for one in box.api("GET", "/staff")["items"] if one["shown"]]  # noqa: E731
    assert shown() == ["WangFang"]
    box.api("PATCH", f"/corps/{seed.CORP_ID}/members/zhangwei/phone", {"shown": True})
    box.api("PATCH", f"{FANG}/phone", {"shown": False})
    assert shown() == ["ZhangWei"]
    everybody = [one["userid"] for one in box.api("GET", "/staff")["items"]]
    assert "QianDuo" not in everybody, "who is not activated has no WeCom to show"
    assert box.refused("PATCH", f"/corps/{seed.CORP_ID}/members/nobody/phone", {}) == (404, "not_found")


def test_a_conversation_is_the_same_on_both_phones(box):
    box.befriend(1)
    box.api("POST", f"/persons/1/friends/{seed.CORP_ID}/WangFang/messages", {"text": "周末可以看样吗"})
    (found,) = box.api("GET", f"{FANG}/phone")["threads"]
    assert (found["key"], found["name"], found["unread"]) == ("p1", "林晓雨", 1)
    box.api("POST", f"{FANG}/threads/p1/read")
    box.api("POST", f"{FANG}/threads/p1", {"text": "可以，周六见"})
    (found,) = box.api("GET", f"{FANG}/phone")["threads"]
    assert (found["unread"], found["last"]["body"]) == (0, {"content": "可以，周六见"})
    assert [one["mine"] for one in thread(box, "p1") if not one["note"]] == [False, True]
    assert box.messages(1)[-1]["sender"] == "member"
    assert box.refused("POST", f"{FANG}/threads/p2", {"text": "在吗"}) == (422, "not_friends")
    assert box.refused("POST", f"{FANG}/threads/p1", {"text": "长" * 2000}) == (422, "bad_text")
    assert box.refused("GET", f"{FANG}/threads/x1") == (404, "not_found")


def test_a_message_is_taken_back_within_two_minutes(box):
    box.befriend(1)
    for text in ("发错了", "没发错"):
        box.api("POST", f"{FANG}/threads/p1", {"text": text})
    wrong, right = (one["id"] for one in thread(box, "p1") if one["mine"])
    box.api("DELETE", f"{FANG}/messages/{wrong}")
    assert [one["kind"] for one in box.messages(1)] == ["added", "recalled", "text"]
    assert "发错了" not in str(box.messages(1))
    box.api("POST", "/clock", {"advance_seconds": 120})
    assert box.refused("DELETE", f"{FANG}/messages/{right}") == (409, "too_late")
    assert box.refused("DELETE", f"{FANG}/messages/{wrong}") == (404, "not_found")


def test_pictures_reach_the_customer_and_nothing_else_does(box):
    box.befriend(1)
    send = lambda kind, content, key="p1": box.http.post(  # noqa: E731
        f"/sandbox/api{FANG}/threads/{key}/picture", content=content, headers={"content-type": kind}
    )
    assert send("image/png", PNG).status_code == 201
    picture = box.messages(1)[-1]
    assert picture["kind"] == "image"
    shown = box.http.get(picture["body"]["pic_url"])
    assert (shown.content, shown.headers["content-type"]) == (PNG, "image/png")
    assert send("text/html", b"<script>").json()["error"]["code"] == "bad_picture"
    assert send("image/png", b"").json()["error"]["code"] == "bad_picture"
    assert send("image/png", PNG, "p2").json()["error"]["code"] == "not_friends"


def test_a_request_is_accepted_and_a_customer_known(box, receiver):
    box.listen(receiver)
    config_id = box.way("WangFang", skip_verify=False, state="ch_7")["config_id"]
    box.api("POST", "/persons/2/friends", {"config_id": config_id})
    (asked,) = box.api("GET", f"{FANG}/phone")["requests"]
    assert asked["name"] == "周子墨"
    box.api("POST", f"/persons/2/friends/{seed.CORP_ID}/WangFang/accept")
    assert receiver.wait_for("add_external_contact")["State"] == "ch_7"
    tag = box.post("add_corp_tag", {"group_name": "意向", "tag": [{"name": "高"}]})["tag_group"]["tag"][0]["id"]
    box.api("PATCH", f"/persons/2/friends/{seed.CORP_ID}/WangFang", {"remark": "周先生", "tag_ids": [tag]})
    phone = box.api("GET", f"{FANG}/phone")
    assert phone["requests"] == []
    assert [(one["remark"], one["tags"]) for one in phone["customers"]] == [("周先生", ["高"])]
    known = box.api("GET", f"{FANG}/customers/2")
    assert (known["state"], known["tag_groups"][0]["tags"][0]["given"]) == ("ch_7", True)
    assert box.refused("GET", f"{FANG}/customers/1") == (404, "not_found")


def test_an_application_tells_its_member(box):
    body = {"touser": "WangFang", "agentid": seed.APP_AGENT_ID, "msgtype": "text", "text": {"content": "有新客户"}}
    answer = box.http.post("/cgi-bin/message/send", params={"access_token": box.token()}, json=body).json()
    assert answer["errcode"] == 0
    key = f"a{seed.APP_AGENT_ID}"
    (found,) = box.api("GET", f"{FANG}/phone")["threads"]
    assert (found["key"], found["unread"]) == (key, 1)
    box.api("POST", f"{FANG}/threads/{key}/read")
    assert box.api("GET", f"{FANG}/phone")["threads"][0]["unread"] == 0
    assert [one["body"] for one in thread(box, key)] == [{"content": "有新客户"}]
    assert thread(box, key, "ZhangWei") == []


def test_a_member_asks_and_the_visitor_says_yes(box, receiver):
    box.listen(receiver)
    number = box.api("GET", "/inbox?owner=p2")["mobile"]
    found = lambda q: box.api("GET", f"{FANG}/search?q={q}")["items"]  # noqa: E731
    assert [(one["name"], one["stage"]) for one in found(number)] == [("周子墨", "")]
    assert found("") == []
    box.api("POST", f"{FANG}/customers/2")
    assert found("子墨")[0]["stage"] == "invited"
    assert box.api("GET", f"{FANG}/phone")["requests"] == [], "who was asked asks nothing"
    (asked,) = box.api("GET", "/persons/2/phone")["requests"]
    assert (asked["userid"], asked["invited"]) == ("WangFang", True)
    box.api("POST", f"/persons/2/invitations/{seed.CORP_ID}/WangFang")
    assert receiver.wait_for("add_external_contact")["UserID"] == "WangFang"
    assert box.api("GET", f"{FANG}/customers/2")["add_way"] == 2
    assert box.refused("POST", f"{FANG}/customers/2") == (409, "already")
    assert box.refused("POST", f"/persons/1/invitations/{seed.CORP_ID}/WangFang") == (404, "not_found")
    assert box.refused("POST", f"/corps/{seed.CORP_ID}/members/SunLi/customers/1") == (409, "no_service")
