"""Accounts of WeChat customer service and who serves there. Source: WeCom documents 94661 to 94665, 94645, 94646."""

import secrets
from typing import Any
from urllib.parse import quote

from sandbox.wecom.directory import member_of
from sandbox.wecom.errors import PlatformError
from sandbox.wecom.kf import account_of
from sandbox.wecom.requests import Call

# UNCONFIRMED (fact sheet G8): how long a name may be.
NAME_CHARACTERS = 16
MOST_A_PAGE = 100


def add_account(call: Call) -> dict[str, Any]:
    """POST kf/account/add."""
    open_kfid = "wk" + secrets.token_urlsafe(22)
    name = call.required("name")
    if len(name) > NAME_CHARACTERS:
        raise PlatformError(95006)
    call.storage.insert(
        "kf_accounts", open_kfid=open_kfid, corp_id=call.corp_id, name=name, created_at=call.world.now()
    )
    return {"open_kfid": open_kfid}


def list_accounts(call: Call) -> dict[str, Any]:
    """POST kf/account/list: by offset and limit."""
    offset, limit = call.number("offset", 0), call.number("limit", MOST_A_PAGE)
    if offset < 0 or not 1 <= limit <= MOST_A_PAGE:
        raise PlatformError(40058, "limit")
    rows = call.storage.rows(
        "SELECT * FROM kf_accounts WHERE corp_id=? AND deleted=0 ORDER BY rowid LIMIT ? OFFSET ?",
        call.corp_id,
        limit,
        offset,
    )
    return {
        "account_list": [
            {
                "open_kfid": row["open_kfid"],
                "name": row["name"],
                "avatar": f"{call.world.settings.base_url}/avatars/kf/{row['open_kfid']}.svg",
                "manage_privilege": True,
            }
            for row in rows
        ]
    }


def update_account(call: Call) -> dict[str, Any]:
    """POST kf/account/update."""
    account = account_of(call)
    if name := call.text("name", most=NAME_CHARACTERS):
        call.storage.run("UPDATE kf_accounts SET name=? WHERE open_kfid=?", name, account["open_kfid"])
    return {}


def delete_account(call: Call) -> dict[str, Any]:
    """POST kf/account/del."""
    call.storage.run("UPDATE kf_accounts SET deleted=1 WHERE open_kfid=?", account_of(call)["open_kfid"])
    return {}


def add_contact_way(call: Call) -> dict[str, Any]:
    """POST kf/add_contact_way: the address at which a customer begins to talk."""
    account, scene = account_of(call), call.text("scene", most=32)
    base = f"{call.world.settings.base_url}/kf/{account['open_kfid']}"
    return {"url": f"{base}?enc_scene={quote(scene)}" if scene else base}


def add_servicers(call: Call) -> dict[str, Any]:
    """POST kf/servicer/add: an answer for each member."""
    account, answers = account_of(call), []
    for userid in call.texts("userid_list")[:MOST_A_PAGE]:
        known = member_of(call.world, call.corp_id, userid)
        if known:
            call.storage.run(
                "INSERT OR IGNORE INTO kf_servicers (open_kfid, userid) VALUES (?, ?)",
                account["open_kfid"],
                known["userid"],
            )
        answers.append({"userid": userid, "errcode": 0 if known else 60111, "errmsg": "ok" if known else "not found"})
    return {"result_list": answers}


def delete_servicers(call: Call) -> dict[str, Any]:
    """POST kf/servicer/del: an answer for each member."""
    account = account_of(call)
    for userid in call.texts("userid_list"):
        call.storage.run("DELETE FROM kf_servicers WHERE open_kfid=? AND userid=?", account["open_kfid"], userid)
    return {"result_list": [{"userid": one, "errcode": 0, "errmsg": "ok"} for one in call.texts("userid_list")]}


def list_servicers(call: Call) -> dict[str, Any]:
    """GET kf/servicer/list?open_kfid=."""
    call.body = {"open_kfid": call.parameter("open_kfid")}
    rows = call.storage.rows(
        "SELECT userid, status FROM kf_servicers WHERE open_kfid=? ORDER BY rowid", account_of(call)["open_kfid"]
    )
    return {"servicer_list": rows}
