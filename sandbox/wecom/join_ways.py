"""Codes that lead into customer groups, and what greets newcomers there. Source: WeCom documents 92229, 92366."""

import json
import secrets
from typing import Any

from sandbox.storage import Row
from sandbox.wecom.contact_ways import MOST_WAYS
from sandbox.wecom.contents import check_attachment, text_of
from sandbox.wecom.errors import PlatformError
from sandbox.wecom.groups import group_of
from sandbox.wecom.requests import Call
from sandbox.world import World

MOST_GROUPS = 5
MOST_TEMPLATES = 100
WELCOME_BYTES = 3000
PICTURE = 2
CARDS = ("image", "link", "miniprogram", "file", "video")


def picture_of(world: World, slug: str) -> str:
    """Return the address of the QR picture of a code that leads into a group."""
    return f"{world.settings.base_url}/wwpic/{slug}.png"


def add(call: Call) -> dict[str, Any]:
    """POST groupchat/add_join_way: a new code; its picture is told by get only."""
    fields = _fields(call)
    count = "SELECT (SELECT count(*) FROM contact_ways WHERE corp_id=? AND deleted=0) + count(*) FROM join_ways"
    # The quota is shared with contact ways (document 92229).
    if call.storage.value(f"{count} WHERE corp_id=? AND deleted=0", call.corp_id, call.corp_id) >= MOST_WAYS:
        raise PlatformError(41045)
    config_id = secrets.token_hex(16)
    call.storage.insert(
        "join_ways",
        config_id=config_id,
        corp_id=call.corp_id,
        agent_id=call.app["agent_id"],
        slug="gmcode" + secrets.token_hex(8),
        fields=fields,
        created_at=call.world.now(),
    )
    return {"config_id": config_id}


def get(call: Call) -> dict[str, Any]:
    """POST groupchat/get_join_way: everything about one code."""
    way = _way(call)
    fields = json.loads(way["fields"])
    shown = {"config_id": way["config_id"]} | fields
    return {
        "join_way": shown | ({"qr_code": picture_of(call.world, way["slug"])} if fields["scene"] == PICTURE else {})
    }


def update(call: Call) -> dict[str, Any]:
    """POST groupchat/update_join_way: everything is overwritten, what is left out falls back to its default."""
    way = _way(call)
    call.storage.run(
        "UPDATE join_ways SET fields=? WHERE config_id=?",
        json.dumps(_fields(call), ensure_ascii=False),
        way["config_id"],
    )
    return {}


def delete(call: Call) -> dict[str, Any]:
    """POST groupchat/del_join_way: the code stops working."""
    call.storage.run("UPDATE join_ways SET deleted=1 WHERE config_id=?", _way(call)["config_id"])
    return {}


def _fields(call: Call) -> dict[str, Any]:
    scene, auto = call.number("scene", 0), call.number("auto_create_room", 1)
    if scene not in (1, PICTURE):
        raise PlatformError(41040)
    if auto not in (0, 1):
        raise PlatformError(40058, "auto_create_room")
    chats = call.texts("chat_id_list")
    if not chats:
        raise PlatformError(40063, "chat_id_list")
    if len(chats) > MOST_GROUPS:
        raise PlatformError(41091)
    if any(group_of(call.world, call.corp_id, one) is None for one in chats):
        raise PlatformError(40050)
    return {
        "scene": scene,
        # Longer ones are cut, not refused (document 92229).
        "remark": call.text("remark")[:30],
        "auto_create_room": auto,
        "room_base_name": call.text("room_base_name", most=40),
        "room_base_id": call.number("room_base_id", 1),
        "chat_id_list": chats,
        "state": call.text("state", most=30),
        "mark_source": call.flag("mark_source", default=True),
    }


def _way(call: Call) -> Row:
    config_id = call.required("config_id", missing=41043)
    found = call.storage.row(
        "SELECT * FROM join_ways WHERE corp_id=? AND agent_id=? AND config_id=? AND deleted=0",
        call.corp_id,
        call.app["agent_id"],
        config_id,
    )
    if found is None:
        raise PlatformError(41044)
    return found


def add_welcome(call: Call) -> dict[str, Any]:
    """POST group_welcome_template/add: a text and at most one card for newcomers of groups; the owner picks it in his client."""
    fields = _welcome(call)
    if call.storage.value("SELECT count(*) FROM group_welcomes WHERE corp_id=? AND deleted=0", call.corp_id) >= (
        MOST_TEMPLATES
    ):
        raise PlatformError(41055)
    template_id = "msg" + secrets.token_urlsafe(22)
    call.storage.insert(
        "group_welcomes",
        template_id=template_id,
        corp_id=call.corp_id,
        agent_id=call.app["agent_id"],
        fields=fields,
        created_at=call.world.now(),
    )
    return {"template_id": template_id}


def edit_welcome(call: Call) -> dict[str, Any]:
    """POST group_welcome_template/edit: overwrite a template; 41058 when another application made it."""
    found = _template(call)
    call.storage.run(
        "UPDATE group_welcomes SET fields=? WHERE template_id=?",
        json.dumps(_welcome(call), ensure_ascii=False),
        found["template_id"],
    )
    return {}


def get_welcome(call: Call) -> dict[str, Any]:
    """POST group_welcome_template/get: what is in a template."""
    fields: dict[str, Any] = json.loads(_template(call)["fields"])
    return {name: value for name, value in fields.items() if name != "notify"}


def delete_welcome(call: Call) -> dict[str, Any]:
    """POST group_welcome_template/del: remove a template."""
    call.storage.run("UPDATE group_welcomes SET deleted=1 WHERE template_id=?", _template(call)["template_id"])
    return {}


def _welcome(call: Call) -> dict[str, Any]:
    text = text_of(call, most=WELCOME_BYTES)
    cards = {name: call.body[name] for name in CARDS if call.body.get(name)}
    if not text and not cards:
        raise PlatformError(40063, "text")
    if len(cards) > 1:
        raise PlatformError(41064)
    for name, body in cards.items():
        check_attachment(call, {"msgtype": name, name: body})
    notify = call.number("notify", 1)
    return {"text": {"content": text}, "notify": notify} | cards


def _template(call: Call) -> Row:
    found = call.storage.row(
        "SELECT * FROM group_welcomes WHERE corp_id=? AND template_id=? AND deleted=0",
        call.corp_id,
        call.required("template_id"),
    )
    if found is None:
        raise PlatformError(41056)
    if found["agent_id"] != call.app["agent_id"]:
        raise PlatformError(41058)
    return found
