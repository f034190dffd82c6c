import re

import pytest

DAY = 86400


def test_one_way_from_first_to_last(box):
    made = box.way("WangFang", "ZhangWei", state="ch_12", remark="春季")
    assert re.fullmatch(r"[0-9a-f]{32}", made["config_id"])
    picture = box.http.get(made["qr_code"])
    assert (picture.headers["content-type"], picture.content[:4]) == ("image/png", b"\x89PNG")
    shown = box.post("get_contact_way", {"config_id": made["config_id"]})["contact_way"]
    assert shown == {
        "config_id": made["config_id"],
        "type": 2,
        "scene": 2,
        "style": 0,
        "remark": "春季",
        "skip_verify": True,
        "state": "ch_12",
        "user": ["WangFang", "ZhangWei"],
        "party": [],
        "is_temp": False,
        "is_exclusive": False,
        "mark_source": True,
        "qr_code": made["qr_code"],
    }
    change = {"config_id": made["config_id"], "state": "ch_13", "user": ["SuMan"], "skip_verify": False}
    assert box.code("update_contact_way", change) == 0
    shown = box.post("get_contact_way", {"config_id": made["config_id"]})["contact_way"]
    assert (shown["state"], shown["user"], shown["remark"]) == ("ch_13", ["SuMan"], "春季")
    assert box.post("list_contact_way")["contact_way"] == [{"config_id": made["config_id"]}]
    assert box.code("del_contact_way", {"config_id": made["config_id"]}) == 0
    assert box.code("get_contact_way", {"config_id": made["config_id"]}) == 41044
    assert box.post("list_contact_way")["contact_way"] == []
    assert box.http.get(made["qr_code"]).status_code == 410
    assert box.refused("POST", "/persons/1/scan", {"picture_url": made["qr_code"]}) == (410, "code_gone")


def test_mini_program_ways_have_no_picture(box):
    made = box.post("add_contact_way", {"type": 1, "scene": 1, "style": 1, "user": ["WangFang"]})
    assert "qr_code" not in made
    assert "qr_code" not in box.post("get_contact_way", {"config_id": made["config_id"]})["contact_way"]


def test_listing_by_time_and_page(box):
    ids = [box.way("WangFang")["config_id"] for _ in range(3)]
    first = box.post("list_contact_way", {"limit": 2})
    rest = box.post("list_contact_way", {"cursor": first["next_cursor"]})
    assert [one["config_id"] for one in first["contact_way"] + rest["contact_way"]] == ids
    now = box.api("GET", "/clock")["now"]
    assert box.post("list_contact_way", {"start_time": now - 2 * DAY, "end_time": now - DAY})["contact_way"] == []
    assert box.code("list_contact_way", {"start_time": now - 91 * DAY, "end_time": now}) == 40058
    assert box.code("list_contact_way", {"limit": 1001}) == 40058


@pytest.mark.parametrize(
    ("body", "errcode"),
    [
        ({"scene": 2, "user": ["WangFang"]}, 41037),
        ({"type": 1, "user": ["WangFang"]}, 41038),
        ({"type": 3, "scene": 2, "user": ["WangFang"]}, 41039),
        ({"type": 1, "scene": 3, "user": ["WangFang"]}, 41040),
        ({"type": 1, "scene": 1, "style": 9, "user": ["WangFang"]}, 41042),
        ({"type": 1, "scene": 2}, 40063),
        ({"type": 1, "scene": 2, "user": ["WangFang", "SuMan"]}, 40058),
        ({"type": 1, "scene": 2, "user": ["WangFang"], "party": [2]}, 40058),
        ({"type": 2, "scene": 2, "user": ["Nobody"]}, 60111),
        ({"type": 2, "scene": 2, "user": ["SunLi"]}, 84074),
        ({"type": 2, "scene": 2, "user": ["QianDuo"]}, 41054),
        ({"type": 2, "scene": 2, "party": [99]}, 60123),
        ({"type": 2, "scene": 2, "user": "WangFang"}, 40058),
        ({"type": 1, "scene": 2, "user": ["WangFang"], "state": "长" * 31}, 40058),
        ({"type": 1, "scene": 2, "user": ["WangFang"], "remark": "长" * 31}, 40058),
        ({"type": 1, "scene": 2, "user": ["WangFang"], "skip_verify": 1}, 40058),
        ({"type": 1, "scene": 2, "user": ["WangFang"], "is_temp": True}, 48002),
    ],
)
def test_field_checks(box, body, errcode):
    assert box.code("add_contact_way", body) == errcode


@pytest.mark.parametrize("path", ["get_contact_way", "update_contact_way", "del_contact_way"])
def test_config_id_checks(box, path):
    assert box.code(path) == 41043
    assert box.code(path, {"config_id": "0" * 32}) == 41044


def test_updates_are_checked_too(box):
    config_id = box.way("WangFang")["config_id"]
    assert box.code("update_contact_way", {"config_id": config_id, "user": ["Nobody"]}) == 60111
    assert box.code("update_contact_way", {"config_id": config_id, "user": []}) == 40063
    assert box.code("update_contact_way", {"config_id": config_id, "state": 5}) == 40058


def test_at_most_a_hundred_members(box):
    for number in range(99):
        box.api("POST", f"/corps/{box.corp_id}/members", {"userid": f"m{number}", "name": "客服", "departments": [2]})
    body = {"type": 2, "scene": 2, "party": [2]}
    assert box.code("add_contact_way", body) == 41041


def test_another_app_does_not_see_the_way(box):
    config_id = box.way("WangFang")["config_id"]
    other = box.api("POST", "/corps", {"name": "另一家"})
    token = box.token(other["apps"][0]["secret"], other["corp_id"])
    assert box.post("get_contact_way", {"config_id": config_id}, token=token)["errcode"] == 41044


def test_who_stands_behind_a_way(box):
    made = box.post("add_contact_way", {"type": 2, "scene": 2, "user": ["SuMan"], "party": [3], "is_exclusive": True})
    seen = {
        box.api("POST", f"/persons/{1 + n % 2}/scan", {"picture_url": made["qr_code"]})["member"]["userid"]
        for n in range(60)
    }
    assert seen <= {"SuMan", "ZhangWei", "WangFang", "LiMingxuan", "HuangJiayi"}
    assert len(seen) > 1
    added = box.api("POST", "/persons/1/friends", {"url": made["qr_code"]})["userid"]
    for _ in range(5):
        found = box.api("POST", "/persons/1/scan", {"picture_url": made["qr_code"]})
        assert (found["member"]["userid"], found["already"]) == (added, "full")


def test_a_way_whose_members_have_left(box):
    made = box.way("WangFang")
    box.api("PATCH", f"/corps/{box.corp_id}/members/WangFang", {"status": 5})
    assert box.refused("POST", "/persons/1/friends", {"config_id": made["config_id"]}) == (410, "code_gone")
