"""The archive of conversations, at the interface that Cove puts before the vendor's closed library: decrypted messages by number.

The real data comes from a native library that cannot be shipped; this stands where a process around that library would stand. Its shape is
that of the decrypted messages (WeCom document 91774). Beside it the calls that are open to any program: 91614, 91782.
"""

import json
import secrets
from typing import Any

from sandbox.wecom.customers import serving_member
from sandbox.wecom.errors import PlatformError
from sandbox.wecom.requests import Call
from sandbox.world import World

KEPT_SECONDS = 5 * 86400
MOST_A_PAGE = 1000
MOST_ASKED = 100


def pull(call: Call) -> dict[str, Any]:
    """POST archive/pull {seq, limit}: messages after a number, of the last five days."""
    limit = call.number("limit", 100)
    if not 1 <= limit <= MOST_A_PAGE:
        raise PlatformError(40058, "limit")
    rows = call.storage.rows(
        "SELECT * FROM archive_messages WHERE corp_id=? AND seq>? AND at>? ORDER BY seq LIMIT ?",
        call.corp_id,
        call.number("seq", 0),
        call.world.now() - KEPT_SECONDS,
        limit,
    )
    return {
        "chatdata": [{"seq": row["seq"], "msgid": row["msgid"], "message": json.loads(row["body"])} for row in rows]
    }


def permitted(call: Call) -> dict[str, Any]:
    """POST msgaudit/get_permit_user_list: whose conversations are kept."""
    rows = call.storage.rows(
        "SELECT userid FROM members WHERE corp_id=? AND serves_customers=1 ORDER BY rowid", call.corp_id
    )
    return {"ids": [row["userid"] for row in rows]}


def check_agreed(call: Call) -> dict[str, Any]:
    """POST msgaudit/check_single_agree: whether customers agreed. The field is really spelled `exteranalopenid`."""
    given = call.body.get("info") or []
    if not isinstance(given, list) or len(given) > MOST_ASKED:
        raise PlatformError(301060)
    answers = []
    for one in given:
        serving_member(call, str(one.get("userid", "")))
        answers.append(
            {
                "status_change_time": call.world.now(),
                "userid": one["userid"],
                "exteranalopenid": one.get("exteranalopenid", ""),
                "agree_status": "Agree",
            }
        )
    return {"agreeinfo": answers}


def keep(
    world: World, corp_id: str, *, sender: str, to: list[str], kind: str, body: dict[str, Any], room: str = ""
) -> str:
    """Put a message into the archive; answers its id."""
    msgid = secrets.token_hex(10) + "_external"
    message = {
        "msgid": msgid,
        "action": "send",
        "from": sender,
        "tolist": to,
        "roomid": room,
        "msgtime": world.now() * 1000,
        "msgtype": kind,
        kind: body,
    }
    world.storage.insert("archive_messages", corp_id=corp_id, msgid=msgid, body=message, at=world.now())
    return msgid
