"""Corp tags. Source: WeCom documents 92117, 92118."""

import secrets
from typing import Any

from sandbox.storage import Row
from sandbox.wecom.customers import relation_of
from sandbox.wecom.errors import PlatformError
from sandbox.wecom.requests import Call

NAME_CHARACTERS = 30
MOST_TAGS = 3000
MOST_ORDER = 2**32 - 1


def list_tags(call: Call) -> dict[str, Any]:
    """POST get_corp_tag_list: all groups with their tags, or those asked for by id (deleted ones too)."""
    tag_ids, group_ids = call.texts("tag_id"), call.texts("group_id")
    by_id = bool(tag_ids or group_ids)
    groups = []
    for group in groups_of(call):
        tags = [row for row in _tags(call, group["group_id"]) if by_id or not row["deleted"]]
        if tag_ids:
            tags = [row for row in tags if row["tag_id"] in tag_ids]
        wanted = bool(tags) if tag_ids else group["group_id"] in group_ids if group_ids else not group["deleted"]
        if wanted:
            groups.append(_shown(group, tags, with_deleted=by_id))
    return {"tag_group": groups}


def add_tags(call: Call) -> dict[str, Any]:
    """POST add_corp_tag: tags in a group given by id or name; answers the group with the new tags."""
    wanted = _wanted_tags(call)
    existing = call.storage.value("SELECT count(*) FROM tags WHERE corp_id=? AND deleted=0", call.corp_id)
    if existing + len(wanted) > MOST_TAGS:
        raise PlatformError(40126)
    with call.storage.transaction():
        group = _group_for(call)
        taken = {row["name"] for row in _tags(call, group["group_id"]) if not row["deleted"]}
        if any(name in taken for name, _ in wanted):
            raise PlatformError(40071)
        made = [_make_tag(call, group, name, order) for name, order in wanted]
    return {"tag_group": _shown(group, made)}


def _wanted_tags(call: Call) -> list[tuple[str, int]]:
    given = call.body.get("tag")
    if not isinstance(given, list) or not given:
        raise PlatformError(40063, "tag")
    wanted = []
    for item in given:
        one = Call(call.world, {}, item if isinstance(item, dict) else {})
        wanted.append((_name(one.required("name")), _order(one)))
    if len({name for name, _ in wanted}) < len(wanted):
        raise PlatformError(40071)
    return wanted


def _name(name: str) -> str:
    if len(name) > NAME_CHARACTERS:
        raise PlatformError(40058, "name")
    return name


def _order(call: Call) -> int:
    order = call.number("order", 0)
    if not 0 <= order <= MOST_ORDER:
        raise PlatformError(40058, "order")
    return order


def _group_for(call: Call) -> Row:
    group_id, name = call.text("group_id"), call.text("group_name")
    living = [row for row in groups_of(call) if not row["deleted"]]
    if group_id:
        found = next((row for row in living if row["group_id"] == group_id), None)
        if found is None:
            raise PlatformError(40068)
        return found
    if not name:
        raise PlatformError(40063, "group_name")
    # A name that exists already means that group (document 92117).
    found = next((row for row in living if row["name"] == _name(name)), None)
    return found or _make_group(call, name)


def _make_group(call: Call, name: str) -> Row:
    made: Row = {
        "group_id": "et" + secrets.token_hex(15),
        "corp_id": call.corp_id,
        "agent_id": call.app["agent_id"],
        "name": name,
        "position": _order(call),
        "created_at": call.world.now(),
    }
    call.storage.insert("tag_groups", **made)
    return made


def _make_tag(call: Call, group: Row, name: str, order: int) -> Row:
    made: Row = {
        "tag_id": "et" + secrets.token_hex(15),
        "group_id": group["group_id"],
        "corp_id": call.corp_id,
        "name": name,
        "position": order,
        "created_at": call.world.now(),
    }
    call.storage.insert("tags", **made)
    return made


def edit_tag(call: Call) -> dict[str, Any]:
    """POST edit_corp_tag: rename or reorder a tag or group; 40068 when unknown, 40071 for a taken name."""
    wanted = call.required("id")
    table, key, siblings = _place_of(call, wanted)
    name = _name(call.text("name"))
    if name and any(row["name"] == name for row in siblings if row[key] != wanted):
        raise PlatformError(40071)
    if name:
        call.storage.run(f"UPDATE {table} SET name=? WHERE {key}=?", name, wanted)  # noqa: S608 (names are ours)
    if "order" in call.body:
        call.storage.run(f"UPDATE {table} SET position=? WHERE {key}=?", _order(call), wanted)  # noqa: S608 (names are ours)
    return {}


def _place_of(call: Call, wanted: str) -> tuple[str, str, list[Row]]:
    for group in (row for row in groups_of(call) if not row["deleted"]):
        if group["group_id"] == wanted:
            return "tag_groups", "group_id", [row for row in groups_of(call) if not row["deleted"]]
        tags = [row for row in _tags(call, group["group_id"]) if not row["deleted"]]
        if any(row["tag_id"] == wanted for row in tags):
            return "tags", "tag_id", tags
    raise PlatformError(40068)


def delete_tags(call: Call) -> dict[str, Any]:
    """POST del_corp_tag: take tags or groups away, from customers too; the last tag takes its group along."""
    tag_ids, group_ids = call.texts("tag_id"), call.texts("group_id")
    if not tag_ids and not group_ids:
        raise PlatformError(40063)
    groups = {row["group_id"] for row in groups_of(call) if not row["deleted"]}
    tags = {row["tag_id"]: row for group in groups for row in _tags(call, group) if not row["deleted"]}
    if not groups.issuperset(group_ids) or not tags.keys() >= set(tag_ids):
        raise PlatformError(40068)
    gone = [*tag_ids, *(tag for tag, row in tags.items() if row["group_id"] in group_ids)]
    with call.storage.transaction():
        for tag_id in gone:
            call.storage.run("UPDATE tags SET deleted=1 WHERE tag_id=?", tag_id)
            call.storage.run("DELETE FROM relation_tags WHERE tag_id=?", tag_id)
        call.storage.run(
            "UPDATE tag_groups SET deleted=1 WHERE corp_id=? AND NOT EXISTS"
            " (SELECT 1 FROM tags WHERE tags.group_id=tag_groups.group_id AND tags.deleted=0)",
            call.corp_id,
        )
    return {}


def mark_tags(call: Call) -> dict[str, Any]:
    """POST mark_tag: put tags on one friendship and take others off; raises no callback."""
    relation = relation_of(call, call.required("userid"), call.required("external_userid"))
    adding, removing = call.texts("add_tag"), call.texts("remove_tag")
    if not adding and not removing:
        raise PlatformError(40063, "add_tag")
    known = {
        row["tag_id"]
        for row in call.storage.rows("SELECT tag_id FROM tags WHERE corp_id=? AND deleted=0", call.corp_id)
    }
    if not known.issuperset([*adding, *removing]):
        raise PlatformError(40068)
    with call.storage.transaction():
        for tag_id in adding:
            call.storage.run("INSERT OR IGNORE INTO relation_tags VALUES (?, ?)", relation["id"], tag_id)
        for tag_id in removing:
            call.storage.run("DELETE FROM relation_tags WHERE relation_id=? AND tag_id=?", relation["id"], tag_id)
    return {}


def groups_of(call: Call) -> list[Row]:
    """Return all groups of the corp, deleted ones too, as they stand."""
    return call.storage.rows("SELECT * FROM tag_groups WHERE corp_id=? ORDER BY position DESC, rowid", call.corp_id)


def _tags(call: Call, group_id: str) -> list[Row]:
    return call.storage.rows("SELECT * FROM tags WHERE group_id=? ORDER BY position DESC, rowid", group_id)


def _shown(group: Row, tags: list[Row], *, with_deleted: bool = False) -> dict[str, Any]:
    shown = {
        "group_id": group["group_id"],
        "group_name": group["name"],
        "create_time": group["created_at"],
        "order": group["position"],
        "tag": [_shown_tag(tag, with_deleted=with_deleted) for tag in tags],
    }
    return shown | ({"deleted": bool(group["deleted"])} if with_deleted else {})


def _shown_tag(tag: Row, *, with_deleted: bool) -> dict[str, Any]:
    shown = {
        "id": tag["tag_id"],
        "name": tag["name"],
        "create_time": tag["created_at"],
        "order": tag["position"],
    }
    return shown | ({"deleted": bool(tag["deleted"])} if with_deleted else {})
