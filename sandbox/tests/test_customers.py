import pytest


def test_who_serves_customers(box):
    serving = box.get("externalcontact/get_follow_user_list")["follow_user"]
    assert "WangFang" in serving
    assert not {"QianDuo", "SunLi"} & set(serving)


def test_lists(box):
    assert box.get("externalcontact/list", userid="WangFang")["errcode"] == 84061
    assert box.get("externalcontact/list", userid="Nobody")["errcode"] == 60111
    assert box.get("externalcontact/list", userid="SunLi")["errcode"] == 84074
    customer = box.befriend()
    assert box.get("externalcontact/list", userid="WangFang")["external_userid"] == [customer]


def test_one_customer_of_two_members(box):
    customer = box.befriend(userid="WangFang", state="ch_1")
    assert box.befriend(userid="ZhangWei") == customer
    assert customer.startswith("wm")
    assert len(customer) == 32
    found = box.get("externalcontact/get", external_userid=customer)
    assert found["external_contact"]["name"] == "林晓雨"
    first, second = found["follow_user"]
    assert (first["userid"], first["state"], first["add_way"], first["tags"]) == ("WangFang", "ch_1", 1, [])
    assert "state" not in second
    batch = box.post("batch/get_by_user", {"userid_list": ["WangFang", "ZhangWei"], "limit": 1})
    rest = box.post("batch/get_by_user", {"userid_list": ["WangFang", "ZhangWei"], "cursor": batch["next_cursor"]})
    infos = [one["follow_info"] for one in batch["external_contact_list"] + rest["external_contact_list"]]
    assert [(one["userid"], one["tag_id"]) for one in infos] == [("WangFang", []), ("ZhangWei", [])]
    box.api("DELETE", f"/persons/1/friends/{box.corp_id}/WangFang")
    box.api("DELETE", f"/persons/1/friends/{box.corp_id}/ZhangWei")
    assert box.get("externalcontact/get", external_userid=customer)["errcode"] == 84061
    assert box.get("externalcontact/get", external_userid="wmNobody")["errcode"] == 40096
    assert box.get("externalcontact/get")["errcode"] == 40063


@pytest.mark.parametrize(
    ("body", "errcode"),
    [
        ({}, 40063),
        ({"userid_list": ["WangFang"] * 101}, 40058),
        ({"userid_list": ["WangFang"], "limit": 101}, 40058),
        ({"userid_list": "WangFang"}, 40058),
        ({"userid_list": ["Nobody"]}, 60111),
    ],
)
def test_batch_checks(box, body, errcode):
    assert box.code("batch/get_by_user", body) == errcode


def test_remarks(box, receiver):
    customer = box.befriend()
    box.listen(receiver)
    who = {"userid": "WangFang", "external_userid": customer}
    assert (
        box.code("remark", who | {"remark": "林女士", "remark_company": "海岸", "remark_mobiles": ["13800000000"]}) == 0
    )
    follow = box.get("externalcontact/get", external_userid=customer)["follow_user"][0]
    assert (follow["remark"], follow["remark_corp_name"]) == ("林女士", "海岸")
    assert follow["remark_mobiles"] == ["13800000000"]
    assert box.code("remark", who | {"remark_mobiles": [""]}) == 0
    assert box.get("externalcontact/get", external_userid=customer)["follow_user"][0]["remark_mobiles"] == []
    assert box.code("remark", who) == 40058
    assert box.code("remark", who | {"remark": "长" * 21}) == 40058
    assert box.code("remark", who | {"remark_pic_mediaid": "x"}) == 40007
    assert box.code("remark", {"userid": "ZhangWei", "external_userid": customer, "remark": "x"}) == 84061
    assert box.code("remark", {"userid": "WangFang", "external_userid": "wm0", "remark": "x"}) == 40096
    assert box.api("GET", "/callbacks")["items"] == []


def test_tags_from_first_to_last(box, receiver):
    group = box.post("add_corp_tag", {"group_name": "意向", "tag": [{"name": "高"}, {"name": "低", "order": 5}]})[
        "tag_group"
    ]
    high, low = group["tag"]
    more = box.post("add_corp_tag", {"group_name": "意向", "tag": [{"name": "中"}]})["tag_group"]
    assert (more["group_id"], len(more["tag"])) == (group["group_id"], 1)
    assert box.code("add_corp_tag", {"group_id": group["group_id"], "tag": [{"name": "高"}]}) == 40071
    (listed,) = box.post("get_corp_tag_list")["tag_group"]
    assert [tag["name"] for tag in listed["tag"]] == ["低", "高", "中"]
    assert "deleted" not in listed
    customer = box.befriend()
    box.listen(receiver)
    who = {"userid": "WangFang", "external_userid": customer}
    for _ in range(2):
        assert box.code("mark_tag", who | {"add_tag": [high["id"], low["id"]]}) == 0
    assert box.code("mark_tag", who | {"remove_tag": [low["id"]]}) == 0
    tags = box.get("externalcontact/get", external_userid=customer)["follow_user"][0]["tags"]
    assert tags == [{"group_name": "意向", "tag_name": "高", "tag_id": high["id"], "type": 1}]
    assert box.code("edit_corp_tag", {"id": high["id"], "name": "很高"}) == 0
    assert box.code("edit_corp_tag", {"id": high["id"], "name": "低"}) == 40071
    assert box.code("edit_corp_tag", {"id": group["group_id"], "order": 9}) == 0
    assert box.code("del_corp_tag", {"tag_id": [high["id"]]}) == 0
    assert box.get("externalcontact/get", external_userid=customer)["follow_user"][0]["tags"] == []
    (by_id,) = box.post("get_corp_tag_list", {"tag_id": [high["id"]]})["tag_group"]
    assert by_id["tag"][0]["deleted"] is True
    assert box.code("del_corp_tag", {"tag_id": [low["id"], more["tag"][0]["id"]]}) == 0
    assert box.post("get_corp_tag_list")["tag_group"] == []
    assert box.post("get_corp_tag_list", {"group_id": [group["group_id"]]})["tag_group"][0]["deleted"] is True
    assert box.api("GET", "/callbacks")["items"] == []


@pytest.mark.parametrize(
    ("path", "body", "errcode"),
    [
        ("add_corp_tag", {"group_name": "x"}, 40063),
        ("add_corp_tag", {"tag": [{"name": "x"}]}, 40063),
        ("add_corp_tag", {"group_name": "x", "tag": [{"name": ""}]}, 40063),
        ("add_corp_tag", {"group_name": "x", "tag": [{"name": "长" * 31}]}, 40058),
        ("add_corp_tag", {"group_name": "x", "tag": [{"name": "a"}, {"name": "a"}]}, 40071),
        ("add_corp_tag", {"group_name": "x", "tag": [{"name": "a", "order": -1}]}, 40058),
        ("add_corp_tag", {"group_id": "et0", "tag": [{"name": "a"}]}, 40068),
        ("add_corp_tag", {"group_name": "x", "tag": [{"name": str(n)} for n in range(3001)]}, 40126),
        ("edit_corp_tag", {}, 40063),
        ("edit_corp_tag", {"id": "et0", "name": "x"}, 40068),
        ("del_corp_tag", {}, 40063),
        ("del_corp_tag", {"tag_id": ["et0"]}, 40068),
        ("mark_tag", {"userid": "WangFang", "external_userid": "CUSTOMER"}, 40063),
        ("mark_tag", {"userid": "WangFang", "external_userid": "CUSTOMER", "add_tag": ["et0"]}, 40068),
        ("mark_tag", {"userid": "ZhangWei", "external_userid": "CUSTOMER", "add_tag": ["et0"]}, 84061),
        ("mark_tag", {"userid": "WangFang", "external_userid": "wm0", "add_tag": ["et0"]}, 40096),
    ],
)
def test_tag_checks(box, path, body, errcode):
    customer = box.befriend() if "external_userid" in body else ""
    sent = {name: customer if value == "CUSTOMER" else value for name, value in body.items()}
    assert box.code(path, sent) == errcode


def test_tags_changed_by_hand_are_told(box, receiver):
    box.listen(receiver)
    path = f"/corps/{box.corp_id}/tags"
    group = box.api("POST", path, {"group": "户型", "names": ["三居", "四居"]})
    three, four = [one["id"] for one in group["tag"]]
    box.api("PATCH", f"{path}/{three}", {"name": "大三居"})
    box.api("POST", f"{path}/{group['group_id']}/shuffle")
    box.api("DELETE", f"{path}/{four}")
    box.api("DELETE", f"{path}/{group['group_id']}")
    assert box.refused("PATCH", f"{path}/{three}", {"name": "三居"}) == (409, "bad_tag")
    assert box.refused("POST", path, {"group": "户型", "names": []}) == (409, "bad_tag")
    box.api("POST", "/callbacks/drain")
    told = {(one["ChangeType"], one.get("TagType", ""), one["Id"]) for one in receiver.events}
    assert told == {
        ("create", "tag_group", group["group_id"]),
        ("create", "tag", three),
        ("create", "tag", four),
        ("update", "tag", three),
        ("shuffle", "", group["group_id"]),
        ("delete", "tag", four),
        ("delete", "tag_group", group["group_id"]),
    }
