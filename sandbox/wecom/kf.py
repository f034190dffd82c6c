"""Conversations of WeChat customer service. Source: WeCom documents 94669, 94670, 94677, 95122, 95159."""

import json
import secrets
from typing import Any

from sandbox.storage import Row
from sandbox.wecom.errors import PlatformError
from sandbox.wecom.kf_contents import checked
from sandbox.wecom.requests import Call
from sandbox.world import World

TOKEN_SECONDS = 600
WINDOW_SECONDS = 48 * 3600
KEPT_DAYS = 3
MOST_ANSWERS = 5
MOST_CUSTOMERS = 100
NEW, BOT, POOL, HUMAN, ENDED = 0, 1, 2, 3, 4
MOVES = {NEW: {BOT, POOL, HUMAN}, BOT: {POOL, HUMAN}, POOL: {HUMAN}, HUMAN: {HUMAN, ENDED}, ENDED: set()}
CODE_SECONDS = {"welcome": 20, "queue": WINDOW_SECONDS, "end": 20}


def get_state(call: Call) -> dict[str, Any]:
    """POST kf/service_state/get: who looks after a conversation."""
    session = session_of(call)
    shown = {"service_state": session["state"]}
    return shown | ({"servicer_userid": session["servicer"]} if session["servicer"] else {})


def move_state(call: Call) -> dict[str, Any]:
    """POST kf/service_state/trans: 95016 for a move that is not allowed."""
    session, wanted = session_of(call), call.number("service_state", -1)
    if wanted not in MOVES[session["state"]]:
        raise PlatformError(95016)
    servicer = ""
    if wanted == HUMAN:
        servicer = call.required("servicer_userid")
        row = call.storage.row(
            "SELECT * FROM kf_servicers WHERE open_kfid=? AND userid=?", session["open_kfid"], servicer
        )
        if row is None:
            raise PlatformError(95014)
        if row["status"]:
            raise PlatformError(95019)
    call.storage.run(
        "UPDATE kf_sessions SET state=?, servicer=? WHERE open_kfid=? AND person_id=?",
        wanted,
        servicer,
        session["open_kfid"],
        session["person_id"],
    )
    if wanted in (POOL, ENDED):
        return {"msg_code": make_code(call.world, session, "queue" if wanted == POOL else "end")}
    return {}


def sync(call: Call) -> dict[str, Any]:
    """POST kf/sync_msg: what customers and servicers said in the last three days, after the cursor; never what an API sent."""
    account, limit = account_of(call), call.number("limit", 1000) or 1000
    if token := call.text("token"):
        known = call.storage.row("SELECT * FROM kf_tokens WHERE token=?", token)
        if known is None or call.world.now() - known["created_at"] > TOKEN_SECONDS:
            raise PlatformError(95007)
    try:
        after = int(bytes.fromhex(call.text("cursor")).decode().removeprefix("at:") or 0)
    except ValueError as error:
        raise PlatformError(40058, "cursor") from error
    rows = call.storage.rows(
        "SELECT * FROM kf_messages WHERE open_kfid=? AND by_api=0 AND id>? AND at>? ORDER BY id LIMIT ?",
        account["open_kfid"],
        after,
        call.world.now() - int(call.world.setting("kf_days", str(KEPT_DAYS))) * 86400,
        limit + 1,
    )
    found = rows[:limit]
    last = found[-1]["id"] if found else after
    return {
        "next_cursor": f"at:{last}".encode().hex(),
        "has_more": int(len(rows) > limit),
        "msg_list": [_told(call.world, account["corp_id"], row) for row in found],
    }


def _told(world: World, corp_id: str, row: Row) -> dict[str, Any]:
    body = json.loads(row["body"])
    shown: dict[str, Any] = {
        "msgid": row["msgid"],
        "send_time": row["at"],
        "origin": row["origin"],
        "msgtype": row["msgtype"],
        row["msgtype"]: body,
    }
    customer = world.storage.value(
        "SELECT external_userid FROM externals WHERE corp_id=? AND person_id=?", corp_id, row["person_id"]
    )
    if row["msgtype"] == "event":
        return shown
    shown |= {"open_kfid": row["open_kfid"], "external_userid": customer}
    return shown | ({"servicer_userid": row["servicer"]} if row["servicer"] else {})


def send(call: Call) -> dict[str, Any]:
    """POST kf/send_msg: any kind, at most five messages within 48 hours of the customer's last one; 95001, 95002, 95018 otherwise."""
    session, kind = session_of(call, "touser"), call.required("msgtype")
    body = checked(call, kind)
    if session["state"] not in (NEW, BOT):
        raise PlatformError(95018)
    if call.world.now() - session["heard_at"] > WINDOW_SECONDS:
        raise PlatformError(95002)
    if session["sent"] >= MOST_ANSWERS:
        raise PlatformError(95001)
    msgid = call.text("msgid", most=32) or secrets.token_urlsafe(20)[:32]
    call.storage.run(
        "UPDATE kf_sessions SET sent=sent+1 WHERE open_kfid=? AND person_id=?",
        session["open_kfid"],
        session["person_id"],
    )
    keep(call.world, session, 5, kind, body, msgid=msgid, by_api=True)
    return {"msgid": msgid}


def send_on_event(call: Call) -> dict[str, Any]:
    """POST kf/send_msg_on_event: one message for a code, within its time."""
    code = call.storage.row("SELECT * FROM kf_codes WHERE code=?", call.required("code"))
    kind = call.required("msgtype")
    if kind not in ("text", "msgmenu"):
        raise PlatformError(40008)
    body = checked(call, kind)
    if code is None or code["used"] or call.world.now() - code["created_at"] > CODE_SECONDS[code["purpose"]]:
        raise PlatformError(95007)
    call.storage.run("UPDATE kf_codes SET used=1 WHERE code=?", code["code"])
    msgid = call.text("msgid", most=32) or secrets.token_urlsafe(20)[:32]
    keep(call.world, code, 5, kind, body, msgid=msgid, by_api=True)
    return {"msgid": msgid}


def batch_get_customers(call: Call) -> dict[str, Any]:
    """POST kf/customer/batchget: who wrote."""
    wanted = call.texts("external_userid_list")
    if not 1 <= len(wanted) <= MOST_CUSTOMERS:
        raise PlatformError(40058, "external_userid_list")
    found, unknown = [], []
    for one in wanted:
        row = call.storage.row(
            "SELECT persons.* FROM persons JOIN externals ON externals.person_id=persons.id"
            " WHERE corp_id=? AND external_userid=?",
            call.corp_id,
            one,
        )
        if row is None:
            unknown.append(one)
            continue
        avatar = f"{call.world.settings.base_url}/avatars/persons/{row['id']}.svg"
        found.append(
            {
                "external_userid": one,
                "nickname": row["name"],
                "avatar": avatar,
                "gender": row["gender"],
                "unionid": row["unionid"],
            }
        )
    return {"customer_list": found, "invalid_external_userid": unknown}


def keep(
    world: World, session: Row, origin: int, kind: str, body: dict[str, Any], *, msgid: str = "", by_api: bool = False
) -> str:
    """Put a message into a conversation; answers its id."""
    msgid = msgid or secrets.token_urlsafe(20)[:32]
    world.storage.insert(
        "kf_messages",
        open_kfid=session["open_kfid"],
        person_id=session["person_id"],
        msgid=msgid,
        origin=origin,
        msgtype=kind,
        body=body,
        by_api=by_api,
        at=world.now(),
    )
    world.streams.tell(session["person_id"])
    return msgid


def make_code(world: World, session: Row, purpose: str) -> str:
    """Make a single-use code for a greeting or a farewell."""
    code = secrets.token_urlsafe(24)
    world.storage.insert(
        "kf_codes",
        code=code,
        open_kfid=session["open_kfid"],
        person_id=session["person_id"],
        purpose=purpose,
        created_at=world.now(),
    )
    return code


def account_of(call: Call) -> Row:
    """Return the account that is asked for; 95000 when there is none."""
    open_kfid = call.required("open_kfid", missing=95000)
    found = call.storage.row(
        "SELECT * FROM kf_accounts WHERE open_kfid=? AND corp_id=? AND deleted=0", open_kfid, call.corp_id
    )
    if found is None:
        raise PlatformError(95000)
    return found


def session_of(call: Call, name: str = "external_userid") -> Row:
    """Return the conversation of an account with a customer; 95013 when he never wrote."""
    account = account_of(call)
    found = call.storage.row(
        "SELECT kf_sessions.* FROM kf_sessions JOIN externals USING (person_id)"
        " WHERE open_kfid=? AND corp_id=? AND external_userid=?",
        account["open_kfid"],
        call.corp_id,
        call.required(name),
    )
    if found is None:
        raise PlatformError(95013)
    return found
