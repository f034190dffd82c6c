from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from typing import Any

from cove.engine.channels.wecom.client.line import Line
from cove.engine.channels.wecom.client.paging import pages
from cove.engine.channels.wecom.client.reading import understood
from cove.engine.channels.wecom.contracts.groups import DayFigures, GroupChat, GroupEntry, JoinWay, OwnerFigures

GROUPS_A_PAGE = 1000
OWNERS_A_CALL = 100
QR_CODE = 2
MOST_GROUPS_A_WAY = 5


def list_groups(line: Line, *, owners: Sequence[str]) -> AsyncIterator[list[GroupEntry]]:
    """Give ids and states of the customer groups of up to 100 owners, page by page (document 92120).

    Owners are always named: without them the platform refuses an application that sees more than 1000 members (81017).
    """
    body = {"status_filter": 0, "owner_filter": {"userid_list": list(owners)}, "limit": GROUPS_A_PAGE}
    return pages(line, "externalcontact/groupchat/list", body, "group_chat_list", GroupEntry)


async def get_group(line: Line, chat_id: str) -> GroupChat:
    """Return a customer group with everybody in it by name (document 92122). Just after an event it may still be as before."""
    document = await line.post("externalcontact/groupchat/get", {"chat_id": chat_id, "need_name": 1})
    return understood(GroupChat, document.get("group_chat"))


async def chat_id_of(line: Line, opengid: str) -> str:
    """Return the chat id of the group in which a mini-program was opened (document 94822). 90511: it is none of this corp's."""
    document = await line.post("externalcontact/opengid_to_chatid", {"opengid": opengid})
    return str(document.get("chat_id") or "")


async def figures_by_owner(line: Line, *, owners: Sequence[str], begin: int, end: int) -> list[OwnerFigures]:
    """Return figures of owners' groups between two days, Unix seconds, at most 30 days of the last 180 (document 92133)."""
    found: list[OwnerFigures] = []
    while True:
        body = {**_span(owners, begin, end), "order_by": 1, "order_asc": 0, "offset": len(found), "limit": 1000}
        document = await line.post("externalcontact/groupchat/statistic", body)
        page = [understood(OwnerFigures, entry) for entry in document.get("items") or []]
        found += page
        if not page or len(found) >= int(document.get("total") or 0):
            return found


async def figures_by_day(line: Line, *, owners: Sequence[str], begin: int, end: int) -> list[DayFigures]:
    """Return the same figures day by day (document 92133)."""
    path = "externalcontact/groupchat/statistic_group_by_day"
    document = await line.post(path, _span(owners, begin, end))
    return [understood(DayFigures, entry) for entry in document.get("items") or []]


def _span(owners: Sequence[str], begin: int, end: int) -> dict[str, Any]:
    return {"day_begin_time": begin, "day_end_time": end, "owner_filter": {"userid_list": list(owners)}}


async def add_join_way(
    line: Line, *, chat_ids: Sequence[str], state: str, remark: str = "", new_groups: str = "", first_number: int = 1
) -> JoinWay:
    """Make a code that leads into one of up to five groups (document 92229) and return it with its picture.

    `new_groups`: the name of groups that the platform makes when all are full, numbered from `first_number`; empty: it makes none.
    """
    made = await line.post(
        "externalcontact/groupchat/add_join_way", _way(chat_ids, state, remark, new_groups, first_number)
    )
    return await get_join_way(line, str(made.get("config_id") or ""))


async def get_join_way(line: Line, config_id: str) -> JoinWay:
    """Return a code as the platform keeps it; full groups may have been replaced by new ones."""
    document = await line.post("externalcontact/groupchat/get_join_way", {"config_id": config_id})
    return understood(JoinWay, document.get("join_way"))


async def update_join_way(
    line: Line,
    config_id: str,
    *,
    chat_ids: Sequence[str],
    state: str,
    remark: str = "",
    new_groups: str = "",
    first_number: int = 1,
) -> None:
    """Change a code; the platform overwrites everything, so everything is sent."""
    body = {"config_id": config_id, **_way(chat_ids, state, remark, new_groups, first_number)}
    await line.post("externalcontact/groupchat/update_join_way", body)


async def delete_join_way(line: Line, config_id: str) -> None:
    """Delete a code; its picture stops working."""
    await line.post("externalcontact/groupchat/del_join_way", {"config_id": config_id})


def _way(chat_ids: Sequence[str], state: str, remark: str, new_groups: str, first_number: int) -> dict[str, Any]:
    body: dict[str, Any] = {
        "scene": QR_CODE,
        "remark": remark[:30],
        "auto_create_room": int(bool(new_groups)),
        "chat_id_list": list(chat_ids),
        "state": state[:30],
    }
    return body | ({"room_base_name": new_groups[:40], "room_base_id": first_number} if new_groups else {})
