"""Customers of members. Source: WeCom documents 92571, 92113, 92114, 92994, 92115."""

import json
from typing import Any

from sandbox.storage import Row, marks
from sandbox.wecom.directory import ACTIVE, member_of, members_of
from sandbox.wecom.errors import PlatformError
from sandbox.wecom.requests import Call, page
from sandbox.world import World

FOLLOWERS_A_PAGE = 500
MOST_USERIDS = 100
REMARK_FIELDS = ("remark", "description", "remark_company", "remark_mobiles", "remark_pic_mediaid")


def serving_member(call: Call, userid: str) -> Row:
    """Return a member who may have customers; 60111 when unknown, 84074 when 客户联系 is off for him."""
    member = member_of(call.world, call.corp_id, userid)
    if member is None:
        raise PlatformError(60111)
    if not member["serves_customers"]:
        raise PlatformError(84074)
    return member


def relation_of(call: Call, userid: str, external_userid: str) -> Row:
    """Return a friendship; 40096 for an unknown customer, 84061 when the two are no friends."""
    member = serving_member(call, userid)
    person = _person_of(call, external_userid)
    found = call.storage.row(
        "SELECT * FROM relations WHERE corp_id=? AND userid=? AND person_id=? AND stage!='requested'",
        call.corp_id,
        member["userid"],
        person["id"],
    )
    if found is None:
        raise PlatformError(84061)
    return found


def external_id(world: World, corp_id: str, person_id: int) -> str:
    """Return the id under which one corp knows a person."""
    found = world.storage.value(
        "SELECT external_userid FROM externals WHERE corp_id=? AND person_id=?", corp_id, person_id
    )
    return str(found or "")


def person_avatar_url(world: World, person_id: int) -> str:
    """Where a person's picture is."""
    return f"{world.settings.base_url}/avatars/persons/{person_id}.svg"


def _person_of(call: Call, external_userid: str) -> Row:
    found = call.storage.row(
        "SELECT persons.* FROM persons JOIN externals ON externals.person_id=persons.id"
        " WHERE externals.corp_id=? AND external_userid=?",
        call.corp_id,
        external_userid,
    )
    if found is None:
        raise PlatformError(40096)
    return found


def list_serving_members(call: Call) -> dict[str, Any]:
    """GET get_follow_user_list: the members who may have customers."""
    members = members_of(call.world, call.corp_id)
    return {"follow_user": [row["userid"] for row in members if row["serves_customers"] and row["status"] == ACTIVE]}


def list_customers(call: Call) -> dict[str, Any]:
    """GET externalcontact/list: customer ids of one member; 84061 when he has none."""
    member = serving_member(call, call.parameter("userid"))
    rows = call.storage.rows(
        "SELECT external_userid FROM relations JOIN externals USING (corp_id, person_id)"
        " WHERE corp_id=? AND userid=? AND stage!='requested' ORDER BY relations.id",
        call.corp_id,
        member["userid"],
    )
    if not rows:
        raise PlatformError(84061)
    return {"external_userid": [row["external_userid"] for row in rows]}


def get_customer(call: Call) -> dict[str, Any]:
    """GET externalcontact/get: a customer and all members who follow him; 84061 when nobody does."""
    person = _person_of(call, call.parameter("external_userid"))
    relations = call.storage.rows(
        "SELECT * FROM relations WHERE corp_id=? AND person_id=? AND stage!='requested' ORDER BY id",
        call.corp_id,
        person["id"],
    )
    if not relations:
        raise PlatformError(84061)
    call.body = {"cursor": call.query.get("cursor", "")}
    found, cursor = page(call, relations, default=FOLLOWERS_A_PAGE, most=FOLLOWERS_A_PAGE)
    followers = [_follow(row) | {"tags": _tags(call, row["id"])} for row in found]
    answer = {"external_contact": _contact(call, person), "follow_user": followers}
    return answer | ({"next_cursor": cursor} if cursor else {})


def batch_get_customers(call: Call) -> dict[str, Any]:
    """POST batch/get_by_user: the customers of up to 100 members, one entry for each friendship."""
    userids = call.texts("userid_list")
    if not userids:
        raise PlatformError(40063, "userid_list")
    if len(userids) > MOST_USERIDS:
        raise PlatformError(40058, "userid_list")
    names = [serving_member(call, userid)["userid"] for userid in userids]
    relations = call.storage.rows(
        f"SELECT * FROM relations WHERE corp_id=? AND userid IN ({marks(names)})"  # noqa: S608 (question marks)
        " AND stage!='requested' ORDER BY id",
        call.corp_id,
        *names,
    )
    found, cursor = page(call, relations, default=50, most=100)
    return {"external_contact_list": [_entry(call, row) for row in found], "next_cursor": cursor}


def _entry(call: Call, relation: Row) -> dict[str, Any]:
    person = call.storage.row("SELECT * FROM persons WHERE id=?", relation["person_id"])
    assert person is not None
    tag_ids = [tag["tag_id"] for tag in _tags(call, relation["id"])]
    return {
        "external_contact": _contact(call, person),
        "follow_info": _follow(relation) | {"tag_id": tag_ids},
    }


def _contact(call: Call, person: Row) -> dict[str, Any]:
    return {
        "external_userid": external_id(call.world, call.corp_id, person["id"]),
        "name": person["name"],
        "type": 1,
        "avatar": person_avatar_url(call.world, person["id"]),
        "gender": person["gender"],
        "unionid": person["unionid"],
    }


def _follow(relation: Row) -> dict[str, Any]:
    follow = {
        "userid": relation["userid"],
        "remark": relation["remark"],
        "description": relation["description"],
        "createtime": relation["created_at"],
        "remark_mobiles": json.loads(relation["remark_mobiles"]),
        "add_way": relation["add_way"],
        "oper_userid": relation["userid"],
    }
    if relation["remark_corp_name"]:
        follow["remark_corp_name"] = relation["remark_corp_name"]
    if relation["state"]:
        follow["state"] = relation["state"]
    return follow


def _tags(call: Call, relation_id: int) -> list[Row]:
    return call.storage.rows(
        "SELECT tag_groups.name AS group_name, tags.name AS tag_name, tags.tag_id AS tag_id, 1 AS type"
        " FROM relation_tags JOIN tags USING (tag_id) JOIN tag_groups USING (group_id)"
        " WHERE relation_id=? AND tags.deleted=0 ORDER BY relation_tags.rowid",
        relation_id,
    )


def remark(call: Call) -> dict[str, Any]:
    """POST externalcontact/remark: change what a member wrote about a customer; raises no callback."""
    relation = relation_of(call, call.required("userid"), call.required("external_userid"))
    if not any(name in call.body for name in REMARK_FIELDS):
        raise PlatformError(40058, "nothing to change")
    if call.text("remark_pic_mediaid"):
        raise PlatformError(40007)
    mobiles = [mobile for mobile in call.texts("remark_mobiles") if mobile]
    changes = {
        "remark": call.text("remark", most=20),
        "description": call.text("description", most=150),
        "remark_company": call.text("remark_company", most=20),
        "remark_mobiles": json.dumps(mobiles, ensure_ascii=False),
    }
    columns = {"remark_company": "remark_corp_name"}
    for name, value in changes.items():
        if name in call.body:
            column = columns.get(name, name)
            call.storage.run(f"UPDATE relations SET {column}=? WHERE id=?", value, relation["id"])  # noqa: S608 (names are ours)
    return {}
