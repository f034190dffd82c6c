"""Codes that say who somebody is, and what they are exchanged for. Source: WeCom documents 91022, 91023, 95833, 98152."""

import secrets
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from sandbox.storage import Row
from sandbox.wecom.customers import external_id
from sandbox.wecom.directory import ACTIVE, member_of
from sandbox.wecom.errors import PlatformError
from sandbox.wecom.requests import Call
from sandbox.world import World

CODE_SECONDS = 300
TICKET_SECONDS = 1800
SCOPES = ("snsapi_base", "snsapi_privateinfo")


def web_of(world: World, corp_id: str, agent_id: int) -> Row:
    """Return an application's trusted domains and home page."""
    found = world.storage.row("SELECT * FROM app_web WHERE corp_id=? AND agent_id=?", corp_id, agent_id)
    return found or {"trusted_domain": "", "login_domain": "", "home_url": ""}


def asked_app(world: World, query: dict[str, str], *, domain: str) -> Row:
    """Return the application that a sign-in address names.

    40013 for an unknown corp, 40056 for an unknown application, 50001 when `redirect_uri` does not lie in its `domain`.
    """
    corp_id, agent = query.get("appid", ""), query.get("agentid", "")
    if not world.storage.row("SELECT 1 FROM corps WHERE corp_id=?", corp_id):
        raise PlatformError(40013)
    number = int(agent) if agent.isdecimal() else -1
    app = world.storage.row("SELECT * FROM apps WHERE corp_id=? AND agent_id=? AND kind='app'", corp_id, number)
    if app is None:
        raise PlatformError(40056)
    parts = urlsplit(query.get("redirect_uri", ""))
    trusted = web_of(world, corp_id, number)[domain]
    if parts.scheme not in ("http", "https") or not trusted or parts.netloc.lower() != trusted.lower():
        raise PlatformError(50001)
    return app


def issue_code(world: World, app: Row, scope: str, *, userid: str = "", person_id: int | None = None) -> str:
    """Return a new code for a member or an outsider."""
    if userid:
        member = member_of(world, app["corp_id"], userid)
        if member is None or member["status"] != ACTIVE:
            raise PlatformError(50002)
    code = secrets.token_urlsafe(32)
    world.storage.insert(
        "oauth_codes",
        code=code,
        corp_id=app["corp_id"],
        agent_id=app["agent_id"],
        userid=userid,
        person_id=person_id,
        scope=scope,
        created_at=world.now(),
    )
    return code


def with_code(redirect_uri: str, **values: str) -> str:
    """Return the address to come back to, with code and state in its query."""
    parts = urlsplit(redirect_uri)
    query = urlencode([*parse_qsl(parts.query, keep_blank_values=True), *values.items()])
    return urlunsplit(parts._replace(query=query))


def get_user_info(call: Call) -> dict[str, Any]:
    """GET auth/getuserinfo: a member's userid, or an outsider's openid.

    40029 for a code that is unknown, older than five minutes, or of another application; 42022 for one that was used.
    """
    code = call.query.get("code", "")
    found = call.storage.row("SELECT * FROM oauth_codes WHERE code=?", code)
    own = found and (found["corp_id"], found["agent_id"]) == (call.corp_id, call.app["agent_id"])
    if not found or not own or call.world.now() - found["created_at"] >= CODE_SECONDS:
        raise PlatformError(40029)
    if found["used"]:
        raise PlatformError(42022)
    call.storage.run("UPDATE oauth_codes SET used=1 WHERE code=?", code)
    if not found["userid"]:
        return _outsider(call, int(found["person_id"]))
    answer = {"userid": found["userid"]}
    if found["scope"] == "snsapi_privateinfo":
        ticket = secrets.token_urlsafe(48)
        call.storage.insert(
            "user_tickets", ticket=ticket, corp_id=call.corp_id, userid=found["userid"], created_at=call.world.now()
        )
        answer["user_ticket"] = ticket
    return answer


def get_user_detail(call: Call) -> dict[str, Any]:
    """POST auth/getuserdetail: what the member granted; 84014 for an ended ticket, 84015 for an unknown one."""
    found = call.storage.row("SELECT * FROM user_tickets WHERE ticket=?", call.required("user_ticket"))
    member = (
        member_of(call.world, call.corp_id, found["userid"]) if found and found["corp_id"] == call.corp_id else None
    )
    if found is None or member is None:
        raise PlatformError(84015)
    if call.world.now() - found["created_at"] >= TICKET_SECONDS:
        raise PlatformError(84014)
    return {
        "userid": member["userid"],
        "gender": str(member["gender"]),
        "avatar": "",
        "qr_code": "",
        "mobile": member["mobile"],
        "email": member["email"],
        "biz_mail": "",
        "address": "",
    }


def _outsider(call: Call, person_id: int) -> dict[str, Any]:
    unionid = call.storage.value("SELECT unionid FROM persons WHERE id=?", person_id)
    answer = {"openid": f"o{unionid}"}
    known = "SELECT 1 FROM externals WHERE corp_id=? AND person_id=?"
    if call.storage.row(known, call.corp_id, person_id):
        answer["external_userid"] = external_id(call.world, call.corp_id, person_id)
    return answer
