import pytest

from sandbox.tests.weixin import Account

PERSON = {
    "external_userid": "wm" + "a" * 30,
    "unionid": "o" + "u" * 27,
    "name": "周知",
    "gender": 2,
    "at": 1_760_000_000,
}


def told(box, **story):
    return box.api("POST", f"/corps/{box.corp_id}/story", story)


def add(at=1_760_000_000, **fields):
    return {"at": at, "do": "add", "person": PERSON["external_userid"], "userid": "WangFang", **fields}


def test_a_doing_raises_its_event_at_the_time_it_happened(box, receiver):
    box.listen(receiver)
    box.way("WangFang", state="s1", remark="Cove 展台")
    answer = told(box, persons=[PERSON], doings=[add(code="Cove 展台", remark="山岚 周知")])
    assert answer["told"] == 1
    event = receiver.wait_for("add_external_contact")
    assert (event["CreateTime"], event["State"], event["ExternalUserID"]) == (
        "1760000000",
        "s1",
        PERSON["external_userid"],
    )
    found = box.get("externalcontact/get", external_userid=PERSON["external_userid"])
    assert found["external_contact"]["unionid"] == PERSON["unionid"]
    follow = found["follow_user"][0]
    assert (follow["createtime"], follow["remark"], follow["add_way"]) == (1_760_000_000, "山岚 周知", 1)


def test_what_was_told_is_not_told_again(box):
    story = {
        "persons": [PERSON],
        "doings": [add(), {**add(at=1_760_000_100), "do": "say", "text": "你好"}],
    }
    assert told(box, **story)["told"] == 2
    assert told(box, **story)["told"] == 0


def test_who_leaves_is_gone(box):
    told(box, persons=[PERSON], doings=[add(), add(at=1_760_086_400) | {"do": "leave"}])
    assert box.get("externalcontact/get", external_userid=PERSON["external_userid"])["errcode"] == 84061


def test_old_conversations_are_given_back_while_the_platform_is_told_to_keep_them(box):
    asked = {**add(), "do": "say", "text": "板材什么价"}
    answered = {**add(at=1_760_000_060), "do": "answer", "text": "明细发您"}
    account = told(box, persons=[PERSON], doings=[asked, answered])["open_kfid"]
    query = {"access_token": box.token()}
    read = lambda: box.http.post("/cgi-bin/kf/sync_msg", params=query, json={"open_kfid": account}).json()["msg_list"]  # noqa: E731
    assert read() == []
    box.api("PUT", "/settings/kf_days", {"value": "4000"})
    first, second = read()
    assert (first["origin"], first["send_time"], first["text"]["content"]) == (3, 1_760_000_000, "板材什么价")
    assert (second["origin"], second["servicer_userid"]) == (5, "WangFang")


def test_friendships_are_settled_without_a_word(box, receiver):
    box.listen(receiver)
    one = {
        "external_userid": PERSON["external_userid"],
        "userid": "WangFang",
        "state": "s9",
        "add_way": 1,
        "at": 1_750_000_000,
    }
    told(box, persons=[PERSON], friendships=[one])
    told(box, persons=[PERSON], friendships=[one])
    found = box.get("externalcontact/get", external_userid=PERSON["external_userid"])
    assert [(row["userid"], row["state"], row["createtime"]) for row in found["follow_user"]] == [
        ("WangFang", "s9", 1_750_000_000)
    ]
    assert not receiver.events


def test_followers_are_settled_without_a_word(box):
    account = Account(box)
    one = {"app_id": account.app_id, "person": PERSON["external_userid"], "openid": "oPast", "since": 1_760_000_000}
    for _ in range(2):
        told(box, persons=[PERSON], followers=[one | {"scene": "ADD_SCENE_SEARCH"}])
    (info,) = account.call("cgi-bin/user/info/batchget", {"user_list": [{"openid": "oPast"}]})["user_info_list"]
    assert (info["subscribe"], info["subscribe_time"], info["unionid"]) == (1, 1_760_000_000, PERSON["unionid"])
    told(box, followers=[one | {"openid": "oOther", "since": 0}])
    assert account.call("cgi-bin/user/info/batchget", {"user_list": [{"openid": "oPast"}]})["user_info_list"] == [info]


def test_groups_are_settled_without_a_word(box, receiver):
    box.listen(receiver)
    member = {"person": PERSON["external_userid"], "at": 1_760_000_000, "scene": 3}
    group = {"chat_id": "wrPast", "name": "设计师交流 1 群", "owner": "WangFang", "at": 1_750_000_000}
    told(box, persons=[PERSON], groups=[group | {"members": []}])
    for _ in range(2):
        told(box, groups=[group | {"members": [member]}])
    query = {"access_token": box.token()}
    chat = box.http.post("/cgi-bin/externalcontact/groupchat/get", params=query, json={"chat_id": "wrPast"}).json()[
        "group_chat"
    ]
    assert (chat["name"], chat["owner"], chat["create_time"]) == ("设计师交流 1 群", "WangFang", 1_750_000_000)
    people = [(one["userid"], one["join_time"], one["join_scene"]) for one in chat["member_list"]]
    assert people == [("WangFang", 1_750_000_000, 1), (PERSON["external_userid"], 1_760_000_000, 3)]
    assert not receiver.events


@pytest.mark.parametrize(
    ("story", "code"),
    [
        (
            {"persons": [PERSON], "followers": [{"app_id": "wx?", "person": PERSON["external_userid"], "openid": "o"}]},
            "bad_field",
        ),
        ({"doings": [{"at": 1, "do": "dance", "person": "x", "userid": "y"}]}, "bad_field"),
        ({"doings": [{"do": "add", "person": "x", "userid": "y"}]}, "bad_field"),
        ({"doings": [add()]}, "not_found"),
        ({"persons": [PERSON], "doings": [add(code="no such code")]}, "no_code"),
        ({"persons": "all"}, "bad_field"),
        ({"groups": [{"chat_id": "wr1", "name": "群", "at": 1}]}, "bad_field"),
        ({"groups": [{"chat_id": "wr1", "name": "群", "at": 1, "owner": "Nobody"}]}, "not_found"),
    ],
)
def test_bad_stories_are_refused(box, story, code):
    assert box.refused("POST", f"/corps/{box.corp_id}/story", story)[1] == code
