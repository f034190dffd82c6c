"""What members did with customers, day by day. Source: WeCom document 92132."""

from typing import Any

from sandbox.wecom.customers import MOST_USERIDS, serving_member
from sandbox.wecom.errors import PlatformError
from sandbox.wecom.requests import Call

DAY_SECONDS = 86400
MOST_DAYS, KEPT_DAYS = 30, 180


def user_behaviour(call: Call) -> dict[str, Any]:
    """POST get_user_behavior_data: figures of some members; the share of answered chats is left out where nobody wrote."""
    userids, start, end = call.texts("userid"), call.number("start_time", 0), call.number("end_time", 0)
    if not userids and not call.numbers("partyid"):
        raise PlatformError(40063, "userid")
    if len(userids) > MOST_USERIDS:
        raise PlatformError(40058, "userid")
    now = call.world.now()
    if not start or end < start or end - start > MOST_DAYS * DAY_SECONDS or start < now - KEPT_DAYS * DAY_SECONDS:
        raise PlatformError(40058, "start_time")
    names = [serving_member(call, one)["userid"] for one in userids]
    return {"behavior_data": [_day(call, names, day) for day in range(start, end + 1, DAY_SECONDS)]}


def _day(call: Call, names: list[str], day: int) -> dict[str, Any]:
    wanted = {one.lower() for one in names}
    rows = [
        row
        for row in call.storage.rows(
            "SELECT * FROM messages WHERE corp_id=? AND at>=? AND at<?", call.corp_id, day, day + DAY_SECONDS
        )
        if row["userid"].lower() in wanted
    ]
    chats = {(row["userid"], row["person_id"]) for row in rows if row["sender"] == "person"}
    answered = {(row["userid"], row["person_id"]) for row in rows if row["sender"] == "member"} & chats
    new = [
        row
        for row in call.storage.rows(
            "SELECT * FROM relations WHERE corp_id=? AND created_at>=? AND created_at<?",
            call.corp_id,
            day,
            day + DAY_SECONDS,
        )
        if row["userid"].lower() in wanted
    ]
    shown = {
        "stat_time": day,
        "chat_cnt": len(chats),
        "message_cnt": sum(row["sender"] == "member" for row in rows),
        "avg_reply_time": 0,
        "negative_feedback_cnt": 0,
        "new_apply_cnt": len(new),
        "new_contact_cnt": sum(row["stage"] != "requested" for row in new),
    }
    return shown | ({"reply_percentage": round(100 * len(answered) / len(chats), 2)} if chats else {})
