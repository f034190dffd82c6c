"""Customers and groups from one member to another. Source: WeCom documents 92125, 94088, 94081, 94082, 92124, 92127, 95703."""

from typing import Any

from sandbox.storage import Row
from sandbox.wecom.customers import external_id, serving_member
from sandbox.wecom.directory import ACTIVE, member_of
from sandbox.wecom.errors import PlatformError
from sandbox.wecom.groups import group_of
from sandbox.wecom.requests import Call, page

RESIGNED = 5
MOST_CUSTOMERS = 100
MOST_GROUPS = 100
MOST_TRANSFERS = 2
SPAN_SECONDS = 90 * 86400
MOST_GROUPS_A_DAY = 300
DONE, WAITING, REFUSED, FULL, NONE = 1, 2, 3, 4, 5


def transfer(call: Call) -> dict[str, Any]:
    """POST transfer_customer: ask to move customers of a member in office; each customer has 24 hours to refuse."""
    call.text("transfer_success_msg", most=200)
    return _transfer(call, resigned=False)


def transfer_resigned(call: Call) -> dict[str, Any]:
    """POST resigned/transfer_customer: the same of somebody who left; 40097 while he has not."""
    return _transfer(call, resigned=True)


def _transfer(call: Call, *, resigned: bool) -> dict[str, Any]:
    handover = member_of(call.world, call.corp_id, call.required("handover_userid"))
    takeover = serving_member(call, call.required("takeover_userid"))
    if handover is None:
        raise PlatformError(40003)
    if resigned != (handover["status"] == RESIGNED):
        raise PlatformError(40097)
    if handover["userid"] == takeover["userid"]:
        raise PlatformError(40130)
    wanted = call.texts("external_userid")
    if not wanted:
        raise PlatformError(40063, "external_userid")
    if len(wanted) > MOST_CUSTOMERS:
        raise PlatformError(40058, "external_userid")
    answers = []
    with call.storage.transaction():
        for one in wanted:
            errcode = _one(call, handover["userid"], takeover, one, resigned=resigned)
            answers.append({"external_userid": one, "errcode": errcode})
    return {"customer": answers}


def _one(call: Call, handover: str, takeover: Row, external: str, *, resigned: bool) -> int:
    person = call.storage.value(
        "SELECT person_id FROM externals WHERE corp_id=? AND external_userid=?", call.corp_id, external
    )
    if person is None:
        return 40096
    if not _follows(call, handover, person):
        return 40131
    past = call.storage.rows(
        "SELECT * FROM transfers WHERE corp_id=? AND person_id=? AND asked_at>?",
        call.corp_id,
        person,
        call.world.now() - SPAN_SECONDS,
    )
    if any(row["status"] == WAITING for row in past):
        return 40100
    if not resigned and sum(row["status"] == DONE for row in past) >= MOST_TRANSFERS:
        return 40128
    if takeover["status"] != ACTIVE:
        return 40098
    call.storage.insert(
        "transfers",
        corp_id=call.corp_id,
        handover=handover,
        takeover=takeover["userid"],
        person_id=person,
        external_userid=external,
        resigned=resigned,
        asked_at=call.world.now(),
    )
    return 0


def _follows(call: Call, userid: str, person: int) -> bool:
    return bool(
        call.storage.value(
            "SELECT 1 FROM relations WHERE corp_id=? AND userid=? AND person_id=? AND stage!='requested'",
            call.corp_id,
            userid,
            person,
        )
    )


def result(call: Call) -> dict[str, Any]:
    """POST transfer_result: how it stands with the customers between two members."""
    return _result(call, resigned=False)


def result_resigned(call: Call) -> dict[str, Any]:
    """POST resigned/transfer_result: the same after somebody left."""
    return _result(call, resigned=True)


def _result(call: Call, *, resigned: bool) -> dict[str, Any]:
    rows = call.storage.rows(
        "SELECT * FROM transfers WHERE corp_id=? AND handover=? AND takeover=? AND resigned=? ORDER BY id",
        call.corp_id,
        call.required("handover_userid"),
        call.required("takeover_userid"),
        int(resigned),
    )
    newest = list({row["external_userid"]: row for row in rows}.values())
    found, cursor = page(call, newest, default=1000, most=1000)
    return {
        "customer": [
            {"external_userid": row["external_userid"], "status": row["status"], "takeover_time": row["done_at"] or 0}
            for row in found
        ],
        "next_cursor": cursor,
    }


def list_unassigned(call: Call) -> dict[str, Any]:
    """POST get_unassigned_list: customers whose member left and whom nobody took over."""
    rows = call.storage.rows(
        "SELECT relations.* FROM relations JOIN members USING (corp_id, userid)"
        " WHERE corp_id=? AND members.status=? AND stage!='requested' ORDER BY relations.id",
        call.corp_id,
        RESIGNED,
    )
    size = call.number("page_size", 1000)
    call.body = {"cursor": call.text("cursor"), "limit": size}
    found, cursor = page(call, rows, default=1000, most=1000)
    return {
        "info": [
            {
                "handover_userid": row["userid"],
                "external_userid": external_id(call.world, call.corp_id, row["person_id"]),
                "dimission_time": call.world.now(),
            }
            for row in found
        ],
        "is_last": not cursor,
        "next_cursor": cursor,
    }


def transfer_groups(call: Call) -> dict[str, Any]:
    """POST groupchat/transfer: groups of an owner who left; at most 300 of his a day."""
    return _groups(call, resigned=True)


def transfer_groups_in_office(call: Call) -> dict[str, Any]:
    """POST groupchat/onjob_transfer: groups of an owner in office; each at most twice in 90 days."""
    return _groups(call, resigned=False)


def _groups(call: Call, *, resigned: bool) -> dict[str, Any]:
    owner = serving_member(call, call.required("new_owner"))
    wanted = call.texts("chat_id_list")
    if not wanted:
        raise PlatformError(40063, "chat_id_list")
    if len(wanted) > MOST_GROUPS:
        raise PlatformError(40058, "chat_id_list")
    if owner["status"] != ACTIVE:
        raise PlatformError(90502)
    failed = []
    for chat_id in wanted:
        errcode = _one_group(call, chat_id, owner["userid"], resigned=resigned)
        if errcode:
            failed.append({"chat_id": chat_id, "errcode": errcode, "errmsg": "error"})
    return {"failed_chat_list": failed}


def _one_group(call: Call, chat_id: str, owner: str, *, resigned: bool) -> int:
    group = group_of(call.world, call.corp_id, chat_id)
    if group is None:
        return 90501
    if group["owner"].lower() == owner.lower():
        return 90504
    left = member_of(call.world, call.corp_id, group["owner"])
    if resigned and (left is None or left["status"] != RESIGNED):
        return 90500
    span = 86400 if resigned else SPAN_SECONDS
    where = "was=?" if resigned else "chat_id=?"
    count = call.storage.value(
        f"SELECT count(*) FROM group_transfers WHERE {where} AND resigned=? AND at>?",  # noqa: S608 (ours)
        group["owner"] if resigned else chat_id,
        int(resigned),
        call.world.now() - span,
    )
    if count >= (MOST_GROUPS_A_DAY if resigned else MOST_TRANSFERS):
        return 90510
    call.storage.insert("group_transfers", chat_id=chat_id, was=group["owner"], resigned=resigned, at=call.world.now())
    call.storage.run("UPDATE group_chats SET owner=?, version=version+1 WHERE chat_id=?", owner, chat_id)
    if not call.storage.value("SELECT 1 FROM group_members WHERE chat_id=? AND key=? COLLATE NOCASE", chat_id, owner):
        call.storage.insert("group_members", chat_id=chat_id, key=owner, kind=1, joined_at=call.world.now(), scene=1)
    return 0
