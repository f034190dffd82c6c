"""The welcome message. Source: WeCom document 92137."""

import secrets
from typing import Any

from sandbox.storage import Row
from sandbox.wecom.errors import PlatformError
from sandbox.wecom.requests import Call
from sandbox.world import World

WINDOW_SECONDS = 20
TEXT_BYTES = 4000
MOST_ATTACHMENTS = 9
# The largest sizes of the texts in a link or mini-program card, in bytes.
CARD_BYTES = {
    "link": {"title": 128, "picurl": 2048, "desc": 512, "url": 2048},
    "miniprogram": {"title": 64},
}


def make_code(world: World, relation: Row) -> str:
    """Make a single-use welcome code for a friendship, valid from now for 20 seconds."""
    code = secrets.token_urlsafe(32)
    world.storage.insert(
        "welcome_codes",
        code=code,
        corp_id=relation["corp_id"],
        relation_id=relation["id"],
        userid=relation["userid"],
        person_id=relation["person_id"],
        created_at=world.now(),
    )
    return code


def send(call: Call) -> dict[str, Any]:
    """POST send_welcome_msg: once for each code, within 20 seconds of its event."""
    code = call.required("welcome_code", missing=41049)
    text = _text(call)
    attachments = _attachments(call)
    if not text and not attachments:
        raise PlatformError(40063, "text")
    with call.storage.transaction():
        _use(call, code)
        found = call.storage.row("SELECT * FROM welcome_codes WHERE code=?", code)
        assert found is not None
        for kind, body in [("text", {"content": text}), *attachments] if text else attachments:
            call.storage.insert(
                "messages",
                corp_id=call.corp_id,
                userid=found["userid"],
                person_id=found["person_id"],
                sender="member",
                kind=kind,
                body=body,
                at=call.world.now(),
            )
    call.world.streams.tell(found["person_id"])
    return {}


def _use(call: Call, code: str) -> None:
    found = call.storage.row("SELECT * FROM welcome_codes WHERE code=? AND corp_id=?", code, call.corp_id)
    if found is None:
        raise PlatformError(41050)
    relation = call.storage.row("SELECT * FROM relations WHERE id=?", found["relation_id"])
    if found["used"] or (relation and (relation["welcomed"] or relation["chat_started"])):
        raise PlatformError(41051)
    if relation is None or call.world.now() - found["created_at"] > WINDOW_SECONDS:
        raise PlatformError(41050)
    call.storage.run("UPDATE welcome_codes SET used=1 WHERE code=?", code)
    call.storage.run("UPDATE relations SET welcomed=1 WHERE id=?", found["relation_id"])


def _text(call: Call) -> str:
    given = call.body.get("text") or {}
    if not isinstance(given, dict):
        raise PlatformError(40058, "text")
    text = Call(call.world, {}, given).text("content")
    if len(text.encode()) > TEXT_BYTES:
        raise PlatformError(45002)
    return text


def _attachments(call: Call) -> list[tuple[str, dict[str, Any]]]:
    given = call.body.get("attachments") or []
    if not isinstance(given, list):
        raise PlatformError(41065)
    if len(given) > MOST_ATTACHMENTS:
        raise PlatformError(41064)
    return [_attachment(item) for item in given]


def _attachment(item: Any) -> tuple[str, dict[str, Any]]:
    kind = item.get("msgtype") if isinstance(item, dict) else None
    body = item.get(kind) if isinstance(kind, str) else None
    if kind not in ("image", "link", "miniprogram", "video", "file") or not isinstance(body, dict):
        raise PlatformError(41065)
    if any(len(str(body.get(name, "")).encode()) > most for name, most in CARD_BYTES.get(kind, {}).items()):
        raise PlatformError(41065)
    if kind == "link" and not (body.get("title") and body.get("url")):
        raise PlatformError(41065)
    if kind == "image" and not (body.get("media_id") or body.get("pic_url")):
        raise PlatformError(41065)
    if kind in ("miniprogram", "video", "file") or body.get("media_id"):
        # Nothing has been uploaded to the sandbox, so no media id can be a right one.
        raise PlatformError(40007)
    return kind, body
