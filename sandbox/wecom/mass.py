"""Mass messages: tasks that members confirm. Source: WeCom documents 92135, 93338, 97610."""

import json
import secrets
import time
from typing import Any

from sandbox.storage import Row
from sandbox.streams import STAFF
from sandbox.wecom.contents import attachments_of, text_of
from sandbox.wecom.customers import serving_member
from sandbox.wecom.errors import PlatformError
from sandbox.wecom.groups import groups_of
from sandbox.wecom.requests import Call, page

MOST_CUSTOMERS = 10_000
MOST_GROUPS = 2000
MOST_REMINDERS = 3
DAY_SECONDS = 86400
MOST_SPAN_SECONDS = 31 * DAY_SECONDS
# Right after a task was made it is still being handed out, and asking for it is refused; the setting mass_dispatch changes it.
DISPATCH_SECONDS = 0.5
SENT_BY_MEMBER, SENT, NO_FRIEND, HAD_THE_MOST = 2, 1, 2, 3


def add(call: Call) -> dict[str, Any]:
    """POST add_msg_template: a task for each member concerned; nobody hears anything before his member confirms it."""
    kind = call.text("chat_type", "single") or "single"
    if kind not in ("single", "group"):
        raise PlatformError(40058, "chat_type")
    text, attachments = text_of(call), attachments_of(call)
    if not text and not attachments:
        raise PlatformError(40063, "text")
    targets, failed = _group_targets(call) if kind == "group" else _customer_targets(call)
    if not targets:
        raise PlatformError(41048)
    msgid = "msg" + secrets.token_urlsafe(24)
    with call.storage.transaction():
        call.storage.insert(
            "mass_tasks",
            msgid=msgid,
            corp_id=call.corp_id,
            agent_id=call.app["agent_id"],
            chat_type=kind,
            content={"text": text, "attachments": attachments, "made": time.time()},
            created_at=call.world.now(),
        )
        for userid in dict.fromkeys(userid for userid, _ in targets):
            call.storage.insert("mass_members", msgid=msgid, userid=userid)
        for userid, target in targets:
            call.storage.insert("mass_targets", msgid=msgid, userid=userid, target=target)
    call.world.streams.tell(STAFF)
    return {"fail_list": failed, "msgid": msgid}


def _customer_targets(call: Call) -> tuple[list[tuple[str, str]], list[str]]:
    sender, wanted = call.text("sender"), call.texts("external_userid")
    if len(wanted) > MOST_CUSTOMERS:
        raise PlatformError(40058, "external_userid")
    if not sender and not wanted:
        raise PlatformError(40063, "external_userid")
    rows = call.storage.rows(
        "SELECT relations.id, relations.userid, external_userid,"
        " (SELECT max(id) FROM messages WHERE messages.corp_id=relations.corp_id AND messages.userid=relations.userid"
        " AND messages.person_id=relations.person_id) AS talked FROM relations JOIN externals USING (corp_id, person_id)"
        " WHERE corp_id=? AND stage!='requested' ORDER BY talked, relations.id",
        call.corp_id,
    )
    if sender:
        userid = serving_member(call, sender)["userid"]
        rows = [row for row in rows if row["userid"] == userid]
    rows = _with_tags(call, rows)
    # Without a sender each customer's task goes to whoever talked with him last (document 92135).
    last = {row["external_userid"]: row["userid"] for row in rows}
    chosen = wanted or list(last)
    return [(last[one], one) for one in dict.fromkeys(chosen) if one in last], [
        one for one in chosen if one not in last
    ]


def _with_tags(call: Call, rows: list[Row]) -> list[Row]:
    given = (call.body.get("tag_filter") or {}).get("group_list") or []
    if not given:
        return rows
    tags: dict[int, set[str]] = {}
    for row in call.storage.rows("SELECT relation_id, tag_id FROM relation_tags"):
        tags.setdefault(row["relation_id"], set()).add(row["tag_id"])
    groups = [set(one.get("tag_list") or []) for one in given]
    return [row for row in rows if all(group & tags.get(row["id"], set()) for group in groups)]


def _group_targets(call: Call) -> tuple[list[tuple[str, str]], list[str]]:
    sender = call.required("sender")
    userid = serving_member(call, sender)["userid"]
    wanted = call.texts("chat_id_list")
    if len(wanted) > MOST_GROUPS:
        raise PlatformError(40058, "chat_id_list")
    mine = [row["chat_id"] for row in groups_of(call.world, call.corp_id) if row["owner"].lower() == userid.lower()]
    chosen = wanted or mine
    return [(userid, one) for one in chosen if one in mine], [one for one in chosen if one not in mine]


def list_tasks(call: Call) -> dict[str, Any]:
    """POST get_groupmsg_list_v2: tasks of a time; those that applications made have no creator."""
    start, end = call.number("start_time", 0), call.number("end_time", 0)
    if not start or end < start or end - start > MOST_SPAN_SECONDS:
        raise PlatformError(40058, "start_time")
    rows = call.storage.rows(
        "SELECT * FROM mass_tasks WHERE corp_id=? AND chat_type=? AND created_at BETWEEN ? AND ? ORDER BY rowid",
        call.corp_id,
        call.text("chat_type", "single") or "single",
        start,
        end,
    )
    found, cursor = page(call, rows, default=50, most=100)
    return {"group_msg_list": [_told(row) for row in found], "next_cursor": cursor}


def _told(row: Row) -> dict[str, Any]:
    content = json.loads(row["content"])
    return {
        "msgid": row["msgid"],
        "create_time": str(row["created_at"]),
        "create_type": 0,
        "text": {"content": content["text"]},
        "attachments": content["attachments"],
    }


def list_members(call: Call) -> dict[str, Any]:
    """POST get_groupmsg_task: which members have a task, and who confirmed it."""
    task = _task(call)
    rows = call.storage.rows("SELECT * FROM mass_members WHERE msgid=? ORDER BY rowid", task["msgid"])
    found, cursor = page(call, rows, default=500, most=1000)
    return {
        "task_list": [
            {"userid": row["userid"], "status": row["status"]}
            | ({"send_time": row["sent_at"]} if row["sent_at"] else {})
            for row in found
        ],
        "next_cursor": cursor,
    }


def list_results(call: Call) -> dict[str, Any]:
    """POST get_groupmsg_send_result: what became of each customer (or group) of one member's task."""
    task = _task(call)
    rows = call.storage.rows(
        "SELECT * FROM mass_targets WHERE msgid=? AND userid=? ORDER BY rowid", task["msgid"], call.required("userid")
    )
    if task["chat_type"] == "group":
        rows = [row for row in rows if row["status"] == SENT]
    found, cursor = page(call, rows, default=500, most=1000)
    name = "chat_id" if task["chat_type"] == "group" else "external_userid"
    return {
        "send_list": [
            {name: row["target"], "userid": row["userid"], "status": row["status"]}
            | ({"send_time": row["sent_at"]} if row["sent_at"] else {})
            for row in found
        ],
        "next_cursor": cursor,
    }


def remind(call: Call) -> dict[str, Any]:
    """POST remind_groupmsg_send: remind those who did not confirm; three times in 24 hours."""
    task, now = _living(call), call.world.now()
    recent = [at for at in json.loads(task["reminders"]) if now - at < DAY_SECONDS]
    if len(recent) >= MOST_REMINDERS:
        raise PlatformError(41094)
    call.storage.run("UPDATE mass_tasks SET reminders=? WHERE msgid=?", json.dumps([*recent, now]), task["msgid"])
    call.world.streams.tell(STAFF)
    return {}


def cancel(call: Call) -> dict[str, Any]:
    """POST cancel_groupmsg_send: whoever did not confirm yet can no longer."""
    task = _living(call)
    call.storage.run("UPDATE mass_tasks SET cancelled=1 WHERE msgid=?", task["msgid"])
    call.world.streams.tell(STAFF)
    return {}


def _task(call: Call) -> Row:
    msgid = call.required("msgid", missing=41047)
    found = call.storage.row("SELECT * FROM mass_tasks WHERE msgid=? AND corp_id=?", msgid, call.corp_id)
    if found is None:
        raise PlatformError(41047)
    if time.time() - json.loads(found["content"])["made"] < float(
        call.world.setting("mass_dispatch", str(DISPATCH_SECONDS))
    ):
        raise PlatformError(41063)
    return found


def _living(call: Call) -> Row:
    found = _task(call)
    if found["cancelled"]:
        raise PlatformError(41093)
    return found
