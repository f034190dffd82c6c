"""What applications are told when the directory changes. Source: WeCom documents 90970 (members) and 90971 (departments)."""

from typing import Any

from sandbox.storage import Row
from sandbox.wecom.directory import member_of
from sandbox.wecom.events import raise_event
from sandbox.world import World

EVENT = "change_contact"
# Events of the directory are delivered in order: a member's new department comes after the department.
LINE = "directory"

_DEPARTMENT = {"name": "Name", "parent_id": "ParentId", "position": "Order"}
_PLAIN = {"name": "Name", "title": "Position", "status": "Status"}
_PRIVATE = {"mobile": "Mobile", "email": "Email"}

Fields = dict[str, str | int]


def _raise(world: World, corp_id: str, change: str, fields: Fields) -> list[Row]:
    return raise_event(world, corp_id, EVENT, fields | {"ChangeType": change}, customer=LINE)


def department_created(world: World, corp_id: str, row: Row) -> list[Row]:
    """Tell of a new department."""
    return _raise(world, corp_id, "create_party", _told(row, _DEPARTMENT) | {"Id": row["id"]})


def department_changed(world: World, corp_id: str, key: int, changed: dict[str, Any]) -> list[Row]:
    """Tell what changed of a department."""
    return _raise(world, corp_id, "update_party", _told(changed, _DEPARTMENT) | {"Id": key})


def department_deleted(world: World, corp_id: str, key: int) -> list[Row]:
    """Tell that a department is gone."""
    return _raise(world, corp_id, "delete_party", {"Id": key})


def member_created(world: World, corp_id: str, userid: str) -> list[Row]:
    """Tell of a new member."""
    return _raise(world, corp_id, "create_user", _member(world, corp_id, userid, None) | {"UserID": userid})


def member_changed(world: World, corp_id: str, was: str, userid: str, changed: dict[str, Any]) -> list[Row]:
    """Tell what changed of a member; a new userid is told beside the one he had."""
    fields: Fields = {"UserID": was}
    if was != userid:
        fields["NewUserID"] = userid
    return _raise(world, corp_id, "update_user", fields | _member(world, corp_id, userid, set(changed)))


def member_deleted(world: World, corp_id: str, userid: str) -> list[Row]:
    """Tell that a member left."""
    return _raise(world, corp_id, "delete_user", {"UserID": userid})


def _told(row: dict[str, Any], names: dict[str, str]) -> Fields:
    return {shown: row[name] for name, shown in names.items() if name in row}


def _member(world: World, corp_id: str, userid: str, changed: set[str] | None) -> Fields:
    """Return a member's fields, those that changed or all; private ones only where every application may see them."""
    row = member_of(world, corp_id, userid) or {}
    wanted = {name: value for name, value in row.items() if changed is None or name in changed}
    fields = _told(wanted, _PLAIN)
    apps = world.storage.rows("SELECT sees_private_fields FROM apps WHERE corp_id=? AND callback_url!=''", corp_id)
    if apps and all(app["sees_private_fields"] for app in apps):
        fields |= _told(wanted, _PRIVATE)
    if "departments" in wanted or "leads" in wanted:
        departments = row["departments"]
        fields |= {
            "Department": ",".join(map(str, departments)),
            "MainDepartment": departments[0],
            "IsLeaderInDept": ",".join(str(int(one in row["leads"])) for one in departments),
        }
    return fields
