"""「联系我」 contact ways. Source: WeCom document 92228."""

import hashlib
import json
import secrets
from typing import Any

from sandbox.pictures import qr_png
from sandbox.storage import Row
from sandbox.wecom.customers import serving_member
from sandbox.wecom.directory import ACTIVE, departments_below, member_of, members_of
from sandbox.wecom.errors import PlatformError
from sandbox.wecom.requests import Call, page
from sandbox.world import World

SINGLE, MULTIPLE = 1, 2
MINI_PROGRAM, PICTURE = 1, 2
STYLES = (0, 1, 2, 3)
MOST_MEMBERS = 100
MOST_WAYS = 500_000
LIST_DAYS = 90
DAY_SECONDS = 86400
TEMPORARY_FIELDS = ("is_temp", "expires_in", "chat_expires_in", "unionid", "conclusions")


def link_of(world: World, slug: str) -> str:
    """Return the friend link inside a contact way's QR picture."""
    return f"{world.settings.base_url}/ca/{slug}"


def picture_of(world: World, slug: str) -> str:
    """Return the address of a contact way's QR picture (`qr_code`)."""
    return f"{world.settings.base_url}/wwpic/{slug}.png"


def members_of_way(world: World, corp_id: str, fields: dict[str, Any]) -> list[Row]:
    """Return the members behind a contact way, its departments expanded, each once."""
    departments = {row["id"] for top in fields["party"] for row in departments_below(world, corp_id, top)}
    chosen = {userid.lower() for userid in fields["user"]}
    return [
        row
        for row in members_of(world, corp_id)
        if row["userid"].lower() in chosen or departments.intersection(row["departments"])
    ]


def add(call: Call) -> dict[str, Any]:
    """POST add_contact_way: a new contact way; `qr_code` only for scene 2."""
    kind, scene = _kind_and_scene(call)
    _refuse_temporary(call)
    fields = {
        "type": kind,
        "scene": scene,
        "style": _style(call, scene),
        "remark": call.text("remark", most=30),
        "skip_verify": call.flag("skip_verify", default=True),
        "state": call.text("state", most=30),
        "user": call.texts("user"),
        "party": call.numbers("party"),
        "is_exclusive": call.flag("is_exclusive", default=False),
        "mark_source": call.flag("mark_source", default=True),
    }
    _check_members(call, fields)
    # The quota is shared with codes of groups (document 92228).
    count = "SELECT (SELECT count(*) FROM join_ways WHERE corp_id=? AND deleted=0) + count(*) FROM contact_ways"
    if call.storage.value(f"{count} WHERE corp_id=? AND deleted=0", call.corp_id, call.corp_id) >= MOST_WAYS:
        raise PlatformError(41045)
    config_id, slug = secrets.token_hex(16), "cawcde" + secrets.token_hex(8)
    picture = hashlib.sha256(qr_png(link_of(call.world, slug))).hexdigest()
    call.storage.insert(
        "contact_ways",
        config_id=config_id,
        corp_id=call.corp_id,
        agent_id=call.app["agent_id"],
        slug=slug,
        fields=fields,
        picture_sha256=picture,
        created_at=call.world.now(),
    )
    answer = {"config_id": config_id}
    return answer | ({"qr_code": picture_of(call.world, slug)} if scene == PICTURE else {})


def _kind_and_scene(call: Call) -> tuple[int, int]:
    if "type" not in call.body:
        raise PlatformError(41037)
    if "scene" not in call.body:
        raise PlatformError(41038)
    kind, scene = call.body["type"], call.body["scene"]
    if kind not in (SINGLE, MULTIPLE) or isinstance(kind, bool):
        raise PlatformError(41039)
    if scene not in (MINI_PROGRAM, PICTURE) or isinstance(scene, bool):
        raise PlatformError(41040)
    return kind, scene


def _style(call: Call, scene: int) -> int:
    style = call.body.get("style", 0)
    if isinstance(style, bool) or (scene == MINI_PROGRAM and style not in STYLES) or not isinstance(style, int):
        raise PlatformError(41042)
    return style


def _refuse_temporary(call: Call) -> None:
    # Temporary chats are open to medical companies only (document 92228); the sandbox's corps are none.
    if any(call.body.get(name) for name in TEMPORARY_FIELDS):
        raise PlatformError(48002, "temporary chat")


def _check_members(call: Call, fields: dict[str, Any]) -> None:
    if not fields["user"] and not fields["party"]:
        raise PlatformError(40063, "user")
    if fields["type"] == SINGLE and (len(fields["user"]) != 1 or fields["party"]):
        raise PlatformError(40058, "user")
    if any(not departments_below(call.world, call.corp_id, one) for one in fields["party"]):
        raise PlatformError(60123)
    for userid in fields["user"]:
        if member_of(call.world, call.corp_id, userid) is None:
            raise PlatformError(60111, userid)
    members = members_of_way(call.world, call.corp_id, fields)
    if len(members) > MOST_MEMBERS:
        raise PlatformError(41041)
    for userid in fields["user"]:
        if serving_member(call, userid)["status"] != ACTIVE:
            raise PlatformError(41054, userid)


def _way(call: Call) -> Row:
    config_id = call.required("config_id", missing=41043)
    found = call.storage.row(
        "SELECT * FROM contact_ways WHERE corp_id=? AND agent_id=? AND config_id=? AND deleted=0",
        call.corp_id,
        call.app["agent_id"],
        config_id,
    )
    if found is None:
        raise PlatformError(41044)
    return found | {"fields": json.loads(found["fields"])}


def get(call: Call) -> dict[str, Any]:
    """POST get_contact_way: everything about one contact way."""
    way = _way(call)
    fields = way["fields"]
    shown = {"config_id": way["config_id"]} | fields | {"is_temp": False}
    if fields["scene"] == PICTURE:
        shown["qr_code"] = picture_of(call.world, way["slug"])
    return {"contact_way": shown}


def list_ids(call: Call) -> dict[str, Any]:
    """POST list_contact_way: ids of the contact ways made in a span of at most 90 days."""
    end = call.number("end_time", call.world.now())
    start = call.number("start_time", end - LIST_DAYS * DAY_SECONDS)
    if start > end or end - start > LIST_DAYS * DAY_SECONDS:
        raise PlatformError(40058, "start_time")
    rows = call.storage.rows(
        "SELECT config_id FROM contact_ways WHERE corp_id=? AND agent_id=? AND deleted=0"
        " AND created_at BETWEEN ? AND ? ORDER BY rowid",
        call.corp_id,
        call.app["agent_id"],
        start,
        end,
    )
    found, cursor = page(call, rows, default=100, most=1000)
    return {"contact_way": found, "next_cursor": cursor}


def update(call: Call) -> dict[str, Any]:
    """POST update_contact_way: change the fields that are sent; type and scene cannot change."""
    way = _way(call)
    _refuse_temporary(call)
    fields = way["fields"]
    fields |= {name: call.text(name, most=30) for name in ("remark", "state") if name in call.body}
    fields |= {name: call.flag(name, default=True) for name in ("skip_verify", "mark_source") if name in call.body}
    if "style" in call.body:
        fields["style"] = _style(call, fields["scene"])
    if "user" in call.body or "party" in call.body:
        fields["user"] = call.texts("user") if "user" in call.body else fields["user"]
        fields["party"] = call.numbers("party") if "party" in call.body else fields["party"]
        _check_members(call, fields)
    call.storage.run(
        "UPDATE contact_ways SET fields=? WHERE config_id=?",
        json.dumps(fields, ensure_ascii=False),
        way["config_id"],
    )
    return {}


def delete(call: Call) -> dict[str, Any]:
    """POST del_contact_way: its QR picture stops working."""
    call.storage.run("UPDATE contact_ways SET deleted=1 WHERE config_id=?", _way(call)["config_id"])
    return {}
