"""The welcome message. Source: WeCom document 92137."""

import secrets
from typing import Any

from sandbox.storage import Row
from sandbox.wecom.contents import attachments_of, pieces, text_of
from sandbox.wecom.errors import PlatformError
from sandbox.wecom.requests import Call
from sandbox.world import World

WINDOW_SECONDS = 20


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
    text, attachments = text_of(call), attachments_of(call)
    if not text and not attachments:
        raise PlatformError(40063, "text")
    with call.storage.transaction():
        _use(call, code)
        found = call.storage.row("SELECT * FROM welcome_codes WHERE code=?", code)
        assert found is not None
        for kind, body in pieces(text, attachments):
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
