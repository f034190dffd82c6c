"""Departments and members. Source: WeCom documents 90196, 90200, 90201, 90208, 95350, 96067."""

import json
from typing import Any

from sandbox.storage import Row
from sandbox.wecom.errors import PlatformError
from sandbox.wecom.requests import Call, page
from sandbox.world import World

ACTIVE = 1


def members_of(world: World, corp_id: str) -> list[Row]:
    """All members of a corp with `departments` and `leads` as lists of department ids."""
    rows = world.storage.rows("SELECT * FROM members WHERE corp_id=? ORDER BY rowid", corp_id)
    return [_with_lists(row) for row in rows]


def member_of(world: World, corp_id: str, userid: str) -> Row | None:
    """One member, or None. Case of the userid does not matter."""
    row = world.storage.row("SELECT * FROM members WHERE corp_id=? AND userid=?", corp_id, userid)
    return _with_lists(row) if row else None


def departments_below(world: World, corp_id: str, top: int) -> list[Row]:
    """Return the department and everything below it, parents first."""
    rows = world.storage.rows("SELECT * FROM departments WHERE corp_id=? ORDER BY position DESC, id", corp_id)
    found = [row for row in rows if row["id"] == top]
    for parent in found:
        found.extend(row for row in rows if row["parent_id"] == parent["id"])
    return found


def avatar_url(world: World, member: Row) -> str:
    """Where a member's picture is."""
    return f"{world.settings.base_url}/avatars/members/{member['corp_id']}/{member['userid']}.svg"


def _with_lists(row: Row) -> Row:
    return row | {"departments": json.loads(row["departments"]), "leads": json.loads(row["leads"])}


def _departments(call: Call) -> list[Row]:
    wanted = call.query.get("id", "1") or "1"
    found = departments_below(call.world, call.corp_id, int(wanted)) if wanted.isdecimal() else []
    if not found:
        raise PlatformError(60003)
    return found


def list_departments(call: Call) -> dict[str, Any]:
    """GET department/list: the department `id` (default: the root) and all below it."""
    leaders: dict[int, list[str]] = {}
    for member in members_of(call.world, call.corp_id):
        for department in member["leads"]:
            leaders.setdefault(department, []).append(member["userid"])
    return {
        "department": [
            {
                "id": row["id"],
                "name": row["name"],
                "name_en": row["name_en"],
                "department_leader": leaders.get(row["id"], []),
                "parentid": row["parent_id"],
                "order": row["position"],
            }
            for row in _departments(call)
        ]
    }


def simple_list_departments(call: Call) -> dict[str, Any]:
    """GET department/simplelist: ids, parents and order only."""
    found = _departments(call)
    return {
        "department_id": [{"id": row["id"], "parentid": row["parent_id"], "order": row["position"]} for row in found]
    }


def _of_department(call: Call) -> list[Row]:
    _refuse_directory_secret(call)
    wanted = call.parameter("department_id")
    if not wanted.isdecimal() or not departments_below(call.world, call.corp_id, int(wanted)):
        raise PlatformError(60003)
    return [row for row in members_of(call.world, call.corp_id) if int(wanted) in row["departments"]]


def _refuse_directory_secret(call: Call) -> None:
    # Since 2022-08-15 the directory secret may list ids only (document 96067).
    if call.app["kind"] == "directory":
        raise PlatformError(48002)


def list_members(call: Call) -> dict[str, Any]:
    """GET user/list: the members of one department, without those of the departments below."""
    return {"userlist": [_detail(call, row) for row in _of_department(call)]}


def simple_list_members(call: Call) -> dict[str, Any]:
    """GET user/simplelist: userid, name and departments of one department's members."""
    return {
        "userlist": [
            {
                "userid": row["userid"],
                "name": row["name"],
                "department": row["departments"],
                "open_userid": "",
            }
            for row in _of_department(call)
        ]
    }


def get_member(call: Call) -> dict[str, Any]:
    """GET user/get: one member; 60111 when there is none."""
    _refuse_directory_secret(call)
    row = member_of(call.world, call.corp_id, call.parameter("userid"))
    if row is None:
        raise PlatformError(60111)
    return _detail(call, row)


def list_member_ids(call: Call) -> dict[str, Any]:
    """POST user/list_id: userid and department pairs; only for the directory secret."""
    if call.app["kind"] != "directory":
        raise PlatformError(48002)
    pairs = [
        {"userid": row["userid"], "department": department}
        for row in members_of(call.world, call.corp_id)
        for department in row["departments"]
    ]
    found, cursor = page(call, pairs, default=10000, most=10000)
    return {"dept_user": found, "next_cursor": cursor}


def _detail(call: Call, row: Row) -> dict[str, Any]:
    departments = row["departments"]
    detail = {
        "userid": row["userid"],
        "name": row["name"],
        "department": departments,
        "order": [0 for _ in departments],
        "position": row["title"],
        "is_leader_in_dept": [int(one in row["leads"]) for one in departments],
        "direct_leader": [],
        "telephone": "",
        "alias": row["alias"],
        "main_department": departments[0],
        "extattr": {"attrs": []},
        "status": row["status"],
        "external_position": row["title"],
        "external_profile": {"external_corp_name": "", "external_attr": []},
    }
    if call.app["sees_private_fields"]:
        # Apps made after 2022-06-20 do not get these any more (document 90196).
        detail |= {
            "mobile": row["mobile"],
            "gender": str(row["gender"]),
            "email": row["email"],
            "biz_mail": "",
            "avatar": avatar_url(call.world, row),
            "thumb_avatar": avatar_url(call.world, row),
            "address": "",
        }
    return detail
