import pytest

from sandbox import seed


def test_departments(box):
    found = box.get("department/list")["department"]
    assert [(one["id"], one["parentid"]) for one in found] == [(1, 0), (2, 1), (3, 1), (4, 1), (5, 3), (6, 3)]
    assert found[2]["department_leader"] == ["ZhangWei"]
    assert [one["id"] for one in box.get("department/list", id=3)["department"]] == [3, 5, 6]
    assert box.get("department/simplelist", id=3)["department_id"][1] == {
        "id": 5,
        "parentid": 3,
        "order": 100000000,
    }
    assert box.get("department/list", id=99)["errcode"] == 60003


def test_members_of_one_department_only(box):
    assert [one["userid"] for one in box.get("user/list", department_id=3)["userlist"]] == ["ZhangWei"]
    simple = box.get("user/simplelist", department_id=5)["userlist"]
    assert simple[0] == {"userid": "WangFang", "name": "王芳", "department": [5], "open_userid": ""}
    assert box.get("user/list", department_id=99)["errcode"] == 60003
    assert box.get("user/list")["errcode"] == 40063


def test_one_member(box):
    found = box.get("user/get", userid="wangfang")
    assert (found["userid"], found["main_department"], found["is_leader_in_dept"]) == ("WangFang", 5, [1])
    assert "mobile" not in found
    box.api("PATCH", f"/corps/{box.corp_id}/apps/{seed.APP_AGENT_ID}", {"sees_private_fields": True})
    assert box.get("user/get", userid="WangFang")["mobile"] == "13900010005"
    assert box.get("user/get", userid="Nobody")["errcode"] == 60111


def test_ids_need_the_directory_secret(box):
    query = {"access_token": box.token()}
    assert box.http.post("/cgi-bin/user/list_id", params=query).json()["errcode"] == 48002
    query = {"access_token": box.token(seed.DIRECTORY_SECRET)}
    first = box.http.post("/cgi-bin/user/list_id", params=query, json={"limit": 6}).json()
    assert len(first["dept_user"]) == 6
    rest = box.http.post("/cgi-bin/user/list_id", params=query, json={"cursor": first["next_cursor"]}).json()
    assert (len(rest["dept_user"]), rest["next_cursor"]) == (4, "")
    for body in ({"cursor": "zz"}, {"limit": 10001}, {"limit": "5"}):
        assert box.http.post("/cgi-bin/user/list_id", params=query, json=body).json()["errcode"] == 40058


@pytest.mark.parametrize("path", ["user/list", "user/get", "externalcontact/get_follow_user_list"])
def test_the_directory_secret_may_do_little(box, path):
    answer = box.get(path, token=box.token(seed.DIRECTORY_SECRET), department_id=1, userid="WangFang")
    assert answer["errcode"] == 48002


def test_scripted_companies(box):
    made = box.api("POST", "/corps", {"name": "另一家", "agent_id": 1000009})
    corp_id, secret = made["corp_id"], made["apps"][0]["secret"]
    box.api("POST", f"/corps/{corp_id}/departments", {"id": 2, "name": "前台"})
    box.api("POST", f"/corps/{corp_id}/members", {"userid": "kf1", "name": "小何", "departments": [2]})
    token = box.token(secret, corp_id)
    assert [one["userid"] for one in box.get("user/list", token=token, department_id=2)["userlist"]] == ["kf1"]
    box.api("PATCH", f"/corps/{corp_id}/members/kf1", {"status": 5, "departments": [1]})
    assert box.get("user/get", token=token, userid="kf1")["status"] == 5
    assert box.refused("POST", "/corps", {"name": "x", "corp_id": corp_id}) == (409, "taken")
    assert box.refused("POST", f"/corps/{corp_id}/members", {"userid": "KF1", "name": "x"}) == (409, "taken")
    assert box.refused("POST", f"/corps/{corp_id}/members", {"userid": "-", "name": "x"})[1] == "bad_userid"
    assert box.refused("POST", f"/corps/{corp_id}/departments", {"id": 2, "name": "x"})[1] == "bad_department"
    assert box.refused("POST", "/corps/ww0/members", {"userid": "a", "name": "x"})[0] == 404
    assert len(box.api("GET", "/corps")["items"]) == 2


def test_changes_of_departments_are_told(box, receiver):
    box.listen(receiver)
    corp = f"/corps/{box.corp_id}"
    box.api("POST", f"{corp}/departments", {"name": "品牌组", "parent_id": 2, "order": 7})
    made = receiver.wait_for("create_party")
    assert (made["Event"], made["Id"], made["Name"], made["ParentId"], made["Order"]) == (
        *("change_contact", "7", "品牌组", "2", "7"),
    )
    box.api("PATCH", f"{corp}/departments/7", {"parent_id": 1})
    told = receiver.wait_for("update_party")
    assert ("Name" in told, told["ParentId"]) == (False, "1")
    box.api("DELETE", f"{corp}/departments/7")
    assert receiver.wait_for("delete_party")["Id"] == "7"
    assert box.refused("PATCH", f"{corp}/departments/3", {"parent_id": 5}) == (409, "bad_department")
    assert box.refused("PATCH", f"{corp}/departments/1", {"parent_id": 3}) == (409, "bad_department")
    assert box.refused("DELETE", f"{corp}/departments/3") == (409, "not_empty")
    assert box.refused("DELETE", f"{corp}/departments/99")[0] == 404


def test_changes_of_members_are_told(box, receiver):
    box.listen(receiver)
    corp = f"/corps/{box.corp_id}"
    box.api(
        "POST", f"{corp}/members", {"userid": "new", "name": "新人", "departments": [2, 3], "mobile": "13900000000"}
    )
    made = receiver.wait_for("create_user")
    assert (made["UserID"], made["Department"], made["MainDepartment"]) == ("new", "2,3", "2")
    assert "Mobile" not in made
    external = box.befriend(userid="WangFang")
    change = {"new_userid": "Wang.Fang", "departments": [6], "leads": [6]}
    box.api("PATCH", f"{corp}/members/wangfang", change)
    told = receiver.wait_for("update_user")
    assert (told["UserID"], told["NewUserID"], told["IsLeaderInDept"]) == ("WangFang", "Wang.Fang", "1")
    assert "Name" not in told
    answer = box.get("externalcontact/get", external_userid=external)
    assert answer["follow_user"][0]["userid"] == "Wang.Fang"
    box.api("DELETE", f"{corp}/members/new")
    assert receiver.wait_for("delete_user")["UserID"] == "new"
    assert box.get("user/get", userid="new")["errcode"] == 60111
    assert box.refused("PATCH", f"{corp}/members/wang.fang", {"new_userid": "SuMan"}) == (409, "taken")
    assert box.refused("PATCH", f"{corp}/members/nobody", {})[0] == 404
