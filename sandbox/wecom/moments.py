"""Moments that members publish for the corp. Source: WeCom documents 95094, 95095, 93333, 97612."""

import json
import secrets
from typing import Any

from sandbox.storage import Row
from sandbox.streams import STAFF
from sandbox.wecom.contents import check_attachment, text_of
from sandbox.wecom.customers import external_id
from sandbox.wecom.directory import ACTIVE, departments_below, members_of
from sandbox.wecom.errors import PlatformError
from sandbox.wecom.media import MOMENT
from sandbox.wecom.requests import Call, page

JOB_SECONDS = 86400
MOST_PICTURES = 9
MOST_SPAN_SECONDS = 30 * 86400
MOST_A_MINUTE = 10
TEXT_BYTES = 4000


def add(call: Call) -> dict[str, Any]:
    """POST add_moment_task: a job that makes a moment for each sender to publish; at most ten a minute."""
    recent = call.storage.value(
        "SELECT count(*) FROM moments WHERE corp_id=? AND created_at>?", call.corp_id, call.world.now() - 60
    )
    if recent >= MOST_A_MINUTE:
        raise PlatformError(45009)
    text, attachments = text_of(call, most=TEXT_BYTES), _attachments(call)
    if not text and not attachments:
        raise PlatformError(40063, "text")
    members, outcome = _senders(call)
    jobid, moment_id = "job" + secrets.token_urlsafe(24), "mom" + secrets.token_urlsafe(24)
    outcome |= {"errcode": 0, "errmsg": "ok", "moment_id": moment_id} if members else {"errcode": 41048, "errmsg": ""}
    with call.storage.transaction():
        call.storage.insert(
            "moments",
            moment_id=moment_id,
            jobid=jobid,
            corp_id=call.corp_id,
            agent_id=call.app["agent_id"],
            content={"text": text, "attachments": attachments},
            outcome=outcome,
            created_at=call.world.now(),
        )
        for userid, customers in members.items():
            call.storage.insert("moment_members", moment_id=moment_id, userid=userid, customers=customers)
    call.world.streams.tell(STAFF)
    return {"jobid": jobid}


def _attachments(call: Call) -> list[dict[str, Any]]:
    given = call.body.get("attachments") or []
    if not isinstance(given, list):
        raise PlatformError(41065)
    kinds = [one.get("msgtype") for one in given if isinstance(one, dict)]
    pictures = set(kinds) == {"image"} and len(given) <= MOST_PICTURES
    if given and not pictures and not (len(given) == 1 and kinds[0] in ("video", "link")):
        raise PlatformError(41065)
    for one in given:
        check_attachment(call, one, purpose=MOMENT)
    return given


def _senders(call: Call) -> tuple[dict[str, list[str]], dict[str, Any]]:
    """Return whom each sender may show it to, and what of the range was not known."""
    given = call.body.get("visible_range") or {}
    senders, customers = given.get("sender_list") or {}, given.get("external_contact_list") or {}
    users, parties = senders.get("user_list") or [], senders.get("department_list") or []
    everybody = [row for row in members_of(call.world, call.corp_id) if row["serves_customers"]]
    known = {row["userid"].lower() for row in everybody}
    departments = {row["id"] for top in parties for row in departments_below(call.world, call.corp_id, top)}
    wanted = {one.lower() for one in users}
    chosen = [
        row
        for row in everybody
        if row["status"] == ACTIVE
        and (not senders or row["userid"].lower() in wanted or departments.intersection(row["departments"]))
    ]
    tags = customers.get("tag_list") or []
    found = {row["userid"]: _customers(call, row["userid"], tags) for row in chosen}
    all_tags = {row["tag_id"] for row in call.storage.rows("SELECT tag_id FROM tags WHERE corp_id=?", call.corp_id)}
    return {userid: ids for userid, ids in found.items() if ids}, {
        "invalid_sender_list": {
            "user_list": [one for one in users if one.lower() not in known],
            "department_list": [one for one in parties if not departments_below(call.world, call.corp_id, one)],
        },
        "invalid_external_contact_list": {"tag_list": [one for one in tags if one not in all_tags]},
    }


def _customers(call: Call, userid: str, tags: list[str]) -> list[str]:
    rows = call.storage.rows(
        "SELECT id, person_id FROM relations WHERE corp_id=? AND userid=? AND stage!='requested' ORDER BY id",
        call.corp_id,
        userid,
    )
    if tags:
        marked = {
            row["relation_id"]
            for row in call.storage.rows("SELECT relation_id, tag_id FROM relation_tags")
            if row["tag_id"] in tags
        }
        rows = [row for row in rows if row["id"] in marked]
    return [external_id(call.world, call.corp_id, row["person_id"]) for row in rows]


def result(call: Call) -> dict[str, Any]:
    """GET get_moment_task_result?jobid=: whether the job is done, and which moment came of it."""
    jobid = call.parameter("jobid")
    found = call.storage.row("SELECT * FROM moments WHERE jobid=? AND corp_id=?", jobid, call.corp_id)
    if found is None or call.world.now() - found["created_at"] > JOB_SECONDS:
        raise PlatformError(40058, "jobid")
    return {"status": 3, "type": "add_moment_task", "result": json.loads(found["outcome"])}


def cancel(call: Call) -> dict[str, Any]:
    """POST cancel_moment_task: whoever did not publish yet can no longer."""
    call.storage.run("UPDATE moments SET cancelled=1 WHERE moment_id=?", _moment(call)["moment_id"])
    call.world.streams.tell(STAFF)
    return {}


def list_moments(call: Call) -> dict[str, Any]:
    """POST get_moment_list: moments of a time."""
    start, end = call.number("start_time", 0), call.number("end_time", 0)
    if not start or end < start or end - start > MOST_SPAN_SECONDS:
        raise PlatformError(40058, "start_time")
    rows = [
        row
        for row in call.storage.rows(
            "SELECT * FROM moments WHERE corp_id=? AND created_at BETWEEN ? AND ? ORDER BY rowid DESC",
            call.corp_id,
            start,
            end,
        )
        if json.loads(row["outcome"]).get("moment_id")
    ]
    found, cursor = page(call, rows, default=20, most=20)
    return {"moment_list": [_told(row) for row in found], "next_cursor": cursor}


def _told(row: Row) -> dict[str, Any]:
    content = json.loads(row["content"])
    shown: dict[str, Any] = {
        "moment_id": row["moment_id"],
        "create_time": row["created_at"],
        "create_type": 0,
        "visible_type": 1,
        "text": {"content": content["text"]},
    }
    for one in content["attachments"]:
        body = one[one["msgtype"]]
        if one["msgtype"] == "image":
            shown.setdefault("image", []).append({"media_id": body["media_id"]})
        else:
            shown[one["msgtype"]] = body
    return shown


def list_members(call: Call) -> dict[str, Any]:
    """POST get_moment_task: who has it to publish, and who did."""
    rows = call.storage.rows(
        "SELECT * FROM moment_members WHERE moment_id=? ORDER BY rowid", _moment(call)["moment_id"]
    )
    found, cursor = page(call, rows, default=500, most=1000)
    tasks = [{"userid": row["userid"], "publish_status": int(row["published_at"] is not None)} for row in found]
    return {"task_list": tasks, "next_cursor": cursor}


def list_customers(call: Call) -> dict[str, Any]:
    """POST get_moment_customer_list: whom a member chose to show it to."""
    row = _published(call)
    found, cursor = page(call, json.loads(row["customers"]), default=500, most=1000)
    return {
        "customer_list": [{"userid": row["userid"], "external_userid": one} for one in found],
        "next_cursor": cursor,
    }


def list_sent(call: Call) -> dict[str, Any]:
    """POST get_moment_send_result: who can see it."""
    found, cursor = page(call, json.loads(_published(call)["customers"]), default=3000, most=5000)
    return {"customer_list": [{"external_userid": one} for one in found], "next_cursor": cursor}


def list_reactions(call: Call) -> dict[str, Any]:
    """POST get_moment_comments: who commented and who liked; the words are not told."""
    row = _published(call)
    rows = call.storage.rows(
        "SELECT * FROM moment_reactions WHERE moment_id=? AND userid=? ORDER BY id", row["moment_id"], row["userid"]
    )
    told: dict[str, list[dict[str, Any]]] = {"comment": [], "like": []}
    for one in rows:
        customer = external_id(call.world, call.corp_id, one["person_id"])
        told[one["kind"]].append({"external_userid": customer, "create_time": one["at"]})
    return {"comment_list": told["comment"], "like_list": told["like"]}


def _moment(call: Call) -> Row:
    moment_id = call.required("moment_id", missing=41060)
    found = call.storage.row("SELECT * FROM moments WHERE moment_id=? AND corp_id=?", moment_id, call.corp_id)
    if found is None:
        raise PlatformError(41060)
    return found


def _published(call: Call) -> Row:
    moment = _moment(call)
    found = call.storage.row(
        "SELECT * FROM moment_members WHERE moment_id=? AND userid=?", moment["moment_id"], call.required("userid")
    )
    if found is None:
        raise PlatformError(41061)
    if found["published_at"] is None:
        raise PlatformError(41062)
    return found
