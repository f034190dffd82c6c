"""Messages of an app to members. Source: WeCom document 90236."""

import secrets
from typing import Any

from sandbox.storage import Row
from sandbox.streams import STAFF
from sandbox.wecom import cards
from sandbox.wecom.directory import ACTIVE, departments_below, members_of
from sandbox.wecom.errors import PlatformError
from sandbox.wecom.media import living
from sandbox.wecom.requests import Call

A_MINUTE, AN_HOUR = 30, 1000
"""Messages to one member (document 90236)."""
REQUIRED = {
    "text": ("content",),
    "textcard": ("title", "description", "url"),
    "markdown": ("content",),
    "image": ("media_id",),
    "file": ("media_id",),
    "template_card": ("card_type",),
}


def send(call: Call) -> dict[str, Any]:
    """POST message/send: a message to members by `touser` and `toparty`; a card that asks something brings a response code."""
    agent_id = call.number("agentid", -1)
    if agent_id < 0:
        raise PlatformError(40056)
    if agent_id != call.app["agent_id"] or call.app["kind"] != "app":
        raise PlatformError(301002)
    kind = call.required("msgtype")
    body = call.body.get(kind)
    if kind not in REQUIRED:
        raise PlatformError(40008)
    if not isinstance(body, dict) or not all(isinstance(body.get(name), str) and body[name] for name in REQUIRED[kind]):
        raise PlatformError(40063, kind)
    if kind == "template_card":
        cards.check(body)
    if kind in ("image", "file") and living(call.world, call.corp_id, body["media_id"], kind=kind) is None:
        raise PlatformError(40007)
    members, unknown_users, unknown_parties = _receivers(call)
    msgid = secrets.token_urlsafe(48)
    for member in members:
        if not _had_enough(call, member["userid"]):
            _keep(call, member["userid"], msgid, kind, body)
    call.world.streams.tell(STAFF)
    answer = {
        "invaliduser": "|".join(unknown_users),
        "invalidparty": "|".join(unknown_parties),
        "invalidtag": "",
        "msgid": msgid,
    }
    if kind == "template_card" and body["card_type"] in cards.ASKING:
        code = cards.make_code(call.world, call.corp_id, agent_id, body["task_id"], members[0]["userid"])
        answer["response_code"] = code
    return answer


def _keep(call: Call, userid: str, msgid: str, kind: str, body: dict[str, Any]) -> None:
    call.storage.insert(
        "staff_messages",
        corp_id=call.corp_id,
        agent_id=call.app["agent_id"],
        userid=userid,
        msgid=msgid,
        kind=kind,
        body=body,
        at=call.world.now(),
    )


def _had_enough(call: Call, userid: str) -> bool:
    """Tell whether a member got as many messages as one may; what is too much is dropped, and the call says nothing of it."""
    count = "SELECT count(*) FROM staff_messages WHERE corp_id=? AND agent_id=? AND userid=? AND at>?"
    who, now = (call.corp_id, call.app["agent_id"], userid), call.world.now()
    return any(call.storage.value(count, *who, now - span) >= most for span, most in ((60, A_MINUTE), (3600, AN_HOUR)))


def _receivers(call: Call) -> tuple[list[Row], list[str], list[str]]:
    users = [one for one in call.text("touser").split("|") if one]
    parties = [one for one in call.text("toparty").split("|") if one]
    if not users and not parties:
        raise PlatformError(82001)
    active = [row for row in members_of(call.world, call.corp_id) if row["status"] == ACTIVE]
    if users == ["@all"]:
        return active, [], []
    known = {row["userid"].lower() for row in active}
    departments: set[int] = set()
    unknown_parties = []
    for party in parties:
        below = departments_below(call.world, call.corp_id, int(party)) if party.isdecimal() else []
        departments.update(row["id"] for row in below)
        unknown_parties += [] if below else [party]
    wanted = {one.lower() for one in users}
    chosen = [row for row in active if row["userid"].lower() in wanted or departments.intersection(row["departments"])]
    if not chosen:
        raise PlatformError(81013)
    return chosen, [one for one in users if one.lower() not in known], unknown_parties
