"""Customer groups as an application sees them. Source: WeCom documents 92120, 92122, 94822, 92133."""

import json
import time
from datetime import UTC, datetime, timedelta
from typing import Any

from sandbox.storage import Row
from sandbox.wecom.directory import member_of
from sandbox.wecom.errors import PlatformError
from sandbox.wecom.requests import Call, page
from sandbox.world import World

MEMBER, CUSTOMER = 1, 2
MOST_OWNERS = 100
MOST_A_PAGE = 1000
MOST_DAYS = 30
# Asked right after an event, the platform still tells what was before it.
LAG_SECONDS = 1.0
DAY_SECONDS = 86400
CHINA = timedelta(hours=8)
ORDERS = {1: "new_chat_cnt", 2: "chat_total", 3: "new_member_cnt", 4: "member_total"}


def list_groups(call: Call) -> dict[str, Any]:
    """POST groupchat/list: ids and states of the groups of some owners, or of all."""
    status = call.number("status_filter", 0)
    if status not in (0, 1, 2, 3):
        raise PlatformError(40058, "status_filter")
    owners = {one.lower() for one in _owners(call)}
    rows = [
        {"chat_id": row["chat_id"], "status": row["status"]}
        for row in groups_of(call.world, call.corp_id)
        if (not owners or row["owner"].lower() in owners) and (not status or row["status"] == status)
    ]
    if "limit" not in call.body:
        raise PlatformError(40058, "limit")
    found, cursor = page(call, rows, default=MOST_A_PAGE, most=MOST_A_PAGE)
    return {"group_chat_list": found} | ({"next_cursor": cursor} if cursor else {})


def _owners(call: Call) -> list[str]:
    given = call.body.get("owner_filter") or {}
    if not isinstance(given, dict):
        raise PlatformError(40058, "owner_filter")
    userids = Call(call.world, {}, given).texts("userid_list")
    if len(userids) > MOST_OWNERS:
        raise PlatformError(40058, "owner_filter")
    return userids


def get_group(call: Call) -> dict[str, Any]:
    """POST groupchat/get: a group with everybody in it; for a moment after a change still as it was before."""
    row = group_of(call.world, call.corp_id, call.required("chat_id"))
    if row is None:
        raise PlatformError(40050)
    shown = told(call.world, row)
    if row["previous"] and time.time() - row["changed_at"] < lag(call.world):
        shown = json.loads(row["previous"])
    if not call.number("need_name", 0):
        shown["member_list"] = [
            {name: value for name, value in one.items() if name != "name"} for one in shown["member_list"]
        ]
    return {"group_chat": shown}


def opengid_to_chatid(call: Call) -> dict[str, Any]:
    """POST opengid_to_chatid: the group behind the id that a mini-program was given."""
    opengid = call.required("opengid")
    row = group_of(call.world, call.corp_id, opengid.removeprefix("og")) if opengid.startswith("og") else None
    if row is None:
        raise PlatformError(90511)
    return {"chat_id": row["chat_id"]}


def statistic(call: Call) -> dict[str, Any]:
    """POST groupchat/statistic: figures of each owner over some days."""
    begin, end = _days(call)
    owners = _owners(call)
    if not owners:
        raise PlatformError(40063, "owner_filter")
    figures = {owner: _figures(call, [owner], begin, end) for owner in owners}
    column = ORDERS.get(call.number("order_by", 1))
    if column is None:
        raise PlatformError(40058, "order_by")
    ordered = sorted(figures, key=lambda owner: figures[owner][column], reverse=not call.number("order_asc", 0))
    items = [{"owner": owner, "data": figures[owner]} for owner in ordered]
    offset, limit = call.number("offset", 0), call.number("limit", 500)
    if offset < 0 or not 1 <= limit <= MOST_A_PAGE:
        raise PlatformError(40058, "limit")
    return {
        "total": len(items),
        "next_offset": min(offset + limit, len(items)),
        "items": items[offset : offset + limit],
    }


def statistic_by_day(call: Call) -> dict[str, Any]:
    """POST groupchat/statistic_group_by_day: figures of some owners, day by day."""
    begin, end = _days(call)
    owners = _owners(call)
    if not owners:
        raise PlatformError(40063, "owner_filter")
    days = range(begin, end, DAY_SECONDS)
    return {
        "items": [{"stat_time": day, "data": _figures(call, owners, day, day + DAY_SECONDS)} for day in days],
    }


def _days(call: Call) -> tuple[int, int]:
    begin = call.number("day_begin_time", 0)
    end = call.number("day_end_time", begin)
    day = int((datetime.fromtimestamp(begin, UTC) + CHINA).replace(hour=0, minute=0, second=0).timestamp())
    begin = day - int(CHINA.total_seconds())
    if not begin or end < begin or end - begin > MOST_DAYS * DAY_SECONDS:
        raise PlatformError(40058, "day_begin_time")
    return begin, max(end, begin + 1)


def _figures(call: Call, owners: list[str], begin: int, end: int) -> dict[str, int]:
    wanted = {one.lower() for one in owners}
    mine = [row for row in groups_of(call.world, call.corp_id) if row["owner"].lower() in wanted]
    members = [row for group in mine for row in members_of_group(call.world, group["chat_id"])]
    talks = [
        row
        for group in mine
        for row in call.storage.rows(
            "SELECT * FROM group_messages WHERE chat_id=? AND kind!='notice' AND at>=? AND at<?",
            group["chat_id"],
            begin,
            end,
        )
    ]
    return {
        "new_chat_cnt": sum(begin <= row["created_at"] < end for row in mine),
        "chat_total": sum(row["created_at"] < end for row in mine),
        "chat_has_msg": len({row["chat_id"] for row in talks}),
        "new_member_cnt": sum(begin <= row["joined_at"] < end for row in members),
        "member_total": sum(row["joined_at"] < end for row in members),
        "member_has_msg": len({(row["chat_id"], row["sender"]) for row in talks}),
        "msg_total": len(talks),
        "migrate_trainee_chat_cnt": 0,
    }


def groups_of(world: World, corp_id: str) -> list[Row]:
    """Return the living groups of a corp."""
    return world.storage.rows("SELECT * FROM group_chats WHERE corp_id=? AND dismissed=0 ORDER BY rowid", corp_id)


def group_of(world: World, corp_id: str, chat_id: str) -> Row | None:
    """Return one living group, or None."""
    return world.storage.row(
        "SELECT * FROM group_chats WHERE corp_id=? AND chat_id=? AND dismissed=0", corp_id, chat_id
    )


def members_of_group(world: World, chat_id: str) -> list[Row]:
    """Return who is in a group, in the order of joining."""
    return world.storage.rows("SELECT * FROM group_members WHERE chat_id=? ORDER BY joined_at, rowid", chat_id)


def told(world: World, row: Row) -> dict[str, Any]:
    """Return a group as groupchat/get tells it, names included."""
    return {
        "chat_id": row["chat_id"],
        "name": row["name"],
        "owner": row["owner"],
        "create_time": row["created_at"],
        "notice": row["notice"],
        "member_list": [_told_member(world, row["corp_id"], one) for one in members_of_group(world, row["chat_id"])],
        "admin_list": [],
        "member_version": f"{row['version']:032x}",
    }


def _told_member(world: World, corp_id: str, row: Row) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "userid": row["key"],
        "type": row["kind"],
        "join_time": row["joined_at"],
        "join_scene": row["scene"],
        "group_nickname": "",
    }
    if row["invitor"]:
        shown["invitor"] = {"userid": row["invitor"]}
    if row["state"]:
        shown["state"] = row["state"]
    if row["kind"] == MEMBER:
        member = member_of(world, corp_id, row["key"])
        return shown | {"name": member["name"] if member else row["key"]}
    person = world.storage.row("SELECT * FROM persons WHERE id=?", row["person_id"])
    return shown | ({"name": person["name"], "unionid": person["unionid"]} if person else {"name": ""})


def lag(world: World) -> float:
    """For how many seconds a change is not told yet."""
    return float(world.setting("group_lag", str(LAG_SECONDS)))
