"""Template cards with buttons, and what members press. Source: WeCom documents 90236, 94888, 90240."""

import json
import re
import secrets
from typing import Any

from sandbox.storage import Row
from sandbox.streams import STAFF
from sandbox.wecom.errors import PlatformError
from sandbox.wecom.requests import Call
from sandbox.world import World

KINDS = ("text_notice", "news_notice", "button_interaction", "vote_interaction", "multiple_interaction")
ASKING = ("button_interaction", "vote_interaction", "multiple_interaction")
TASK_ID = re.compile(r"^[0-9A-Za-z_@-]{1,128}$")
# UNCONFIRMED (fact sheet G6): how long a response code lives.
CODE_SECONDS = 72 * 3600


def check(body: dict[str, Any]) -> None:
    """Refuse what is no template card."""
    if body.get("card_type") not in KINDS:
        raise PlatformError(40058, "card_type")
    if not (body.get("main_title") or {}).get("title") and not body.get("sub_title_text"):
        raise PlatformError(40063, "main_title")
    if body["card_type"] in ASKING and not TASK_ID.match(str(body.get("task_id", ""))):
        raise PlatformError(42014, "task_id")
    if body["card_type"] == "button_interaction" and not body.get("button_list"):
        raise PlatformError(40063, "button_list")
    if body["card_type"] in ("text_notice", "news_notice") and not body.get("card_action"):
        raise PlatformError(40063, "card_action")


def make_code(world: World, corp_id: str, agent_id: int, task_id: str, userid: str) -> str:
    """Make the code that lets a card be changed once."""
    code = secrets.token_urlsafe(32)
    world.storage.insert(
        "card_codes",
        code=code,
        corp_id=corp_id,
        agent_id=agent_id,
        task_id=task_id,
        userid=userid,
        created_at=world.now(),
    )
    return code


def update(call: Call) -> dict[str, Any]:
    """POST message/update_template_card: change a card once for each response code."""
    code = call.storage.row(
        "SELECT * FROM card_codes WHERE code=? AND corp_id=?", call.required("response_code"), call.corp_id
    )
    if code is None or code["used"] or call.world.now() - code["created_at"] > CODE_SECONDS:
        raise PlatformError(42019, "response_code")
    if not call.body.get("button") and not call.body.get("template_card"):
        raise PlatformError(40063, "button")
    call.storage.run("UPDATE card_codes SET used=1 WHERE code=?", code["code"])
    for userid in call.texts("userids") or [code["userid"]]:
        _change_shown(call, code, userid)
    call.world.streams.tell(STAFF)
    return {"invaliduser": []}


def _change_shown(call: Call, code: Row, userid: str) -> None:
    """Change the card on a member's phone: another word on its button, or another card in its place."""
    rows = call.storage.rows(
        "SELECT id, body FROM staff_messages WHERE corp_id=? AND agent_id=? AND userid=? AND kind='template_card' ORDER BY id DESC",
        call.corp_id,
        code["agent_id"],
        userid,
    )
    found = next((row for row in rows if json.loads(row["body"]).get("task_id") == code["task_id"]), None)
    if found is None:
        return
    card, button = call.body.get("template_card"), call.body.get("button")
    replaced = {"replaced": str(button.get("replace_name", ""))} if isinstance(button, dict) else {}
    shown = card if isinstance(card, dict) else json.loads(found["body"]) | replaced
    call.storage.run("UPDATE staff_messages SET body=? WHERE id=?", json.dumps(shown, ensure_ascii=False), found["id"])
