"""One conversation on a member's phone: what was said in it, and what he does there."""

import json
import secrets
from typing import Any

from sandbox.people import chats, friends, groups, support
from sandbox.people.errors import RefusedError, missing
from sandbox.staff.threads import speaker
from sandbox.storage import Row
from sandbox.wecom.callbacks import Pusher
from sandbox.wecom.groups import group_of
from sandbox.world import World

MOST = 120
RECALL_SECONDS = 120
PICTURES = {"image/png", "image/jpeg", "image/gif", "image/webp"}
MOST_PICTURE_BYTES = 10 * 1024 * 1024


def messages_of(world: World, owner: Row, thread: str) -> list[dict[str, Any]]:
    """Return the newest messages of a conversation, oldest first; RefusedError not_found for no conversation of his."""
    kind, key = thread[:1], thread[1:]
    if kind == "p" and key.isdecimal():
        return _with_customer(world, owner, int(key))
    if kind == "g":
        return _in_group(world, owner, key)
    if kind == "a" and key.isdecimal():
        return _of_app(world, owner, int(key))
    if kind == "k":
        return _in_service(world, owner, key)
    raise missing("conversation")


def _newest(world: World, sql: str, *values: Any) -> list[Row]:
    rows = world.storage.rows(f"{sql} ORDER BY id DESC LIMIT ?", *values, MOST)
    return [row | {"body": json.loads(row["body"])} for row in reversed(rows)]


def _with_customer(world: World, owner: Row, person_id: int) -> list[dict[str, Any]]:
    rows = _newest(
        world,
        "SELECT * FROM messages WHERE corp_id=? AND userid=? AND person_id=?",
        owner["corp_id"],
        owner["userid"],
        person_id,
    )
    face = f"/avatars/persons/{person_id}.svg"
    return [
        _message(row, mine=row["sender"] == "member", note=row["sender"] == "notice", avatar=face)
        | {"recallable": row["sender"] == "member" and world.now() - row["at"] < RECALL_SECONDS}
        for row in rows
    ]


def _in_group(world: World, owner: Row, chat_id: str) -> list[dict[str, Any]]:
    group_with(world, owner, chat_id)
    people = {
        row["key"].lower(): row for row in world.storage.rows("SELECT * FROM group_members WHERE chat_id=?", chat_id)
    }
    shown = []
    for row in _newest(world, "SELECT * FROM group_messages WHERE chat_id=?", chat_id):
        one = people.get(row["sender"].lower())
        person = one["person_id"] if one else None
        avatar = (
            f"/avatars/persons/{person}.svg" if person else f"/avatars/members/{owner['corp_id']}/{row['sender']}.svg"
        )
        mine = row["sender"].lower() == owner["userid"].lower()
        shown.append(
            _message(row, mine=mine, note=row["kind"] == "notice", avatar=avatar)
            | {"who": speaker(world, owner["corp_id"], row["sender"])}
        )
    return shown


def _of_app(world: World, owner: Row, agent_id: int) -> list[dict[str, Any]]:
    rows = _newest(
        world,
        "SELECT * FROM staff_messages WHERE corp_id=? AND userid=? AND agent_id=?",
        owner["corp_id"],
        owner["userid"],
        agent_id,
    )
    return [_message(row, mine=False, note=False, avatar="") for row in rows]


def _in_service(world: World, owner: Row, key: str) -> list[dict[str, Any]]:
    open_kfid, person_id = service_key(key)
    _servicer(world, owner, open_kfid)
    rows = _newest(
        world,
        "SELECT *, msgtype AS kind FROM kf_messages WHERE msgtype!='event' AND open_kfid=? AND person_id=?",
        open_kfid,
        person_id,
    )
    face = f"/avatars/persons/{person_id}.svg"
    return [_message(row, mine=row["origin"] != 3, note=False, avatar=face) for row in rows]  # noqa: PLR2004 -- 3: the customer's


def _message(row: Row, *, mine: bool, note: bool, avatar: str) -> dict[str, Any]:
    return {
        "id": row["id"],
        "kind": row["kind"],
        "body": row["body"],
        "at": row["at"],
        "mine": mine,
        "note": note,
        "avatar": avatar,
    }


def service_key(key: str) -> tuple[str, int]:
    """Return account and person of a customer-service conversation's key."""
    open_kfid, _, person = key.rpartition(".")
    if not open_kfid or not person.isdecimal():
        raise missing("conversation")
    return open_kfid, int(person)


def _servicer(world: World, owner: Row, open_kfid: str) -> None:
    account = support.account(world, open_kfid)
    found = world.storage.row("SELECT 1 FROM kf_servicers WHERE open_kfid=? AND userid=?", open_kfid, owner["userid"])
    if account["corp_id"] != owner["corp_id"] or found is None:
        raise missing("conversation")


def group_with(world: World, owner: Row, chat_id: str) -> Row:
    """Return a living group that he is in; RefusedError not_found."""
    found = group_of(world, owner["corp_id"], chat_id)
    inside = "SELECT 1 FROM group_members WHERE chat_id=? AND key=? COLLATE NOCASE AND kind=1"
    if found is None or not world.storage.value(inside, chat_id, owner["userid"]):
        raise missing("group")
    return found


def read(world: World, owner: Row, thread: str) -> None:
    """Note that he has seen all of a conversation so far."""
    shown = messages_of(world, owner, thread)
    if not shown:
        return
    world.storage.run(
        "INSERT INTO staff_reads (corp_id, userid, thread, up_to) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (corp_id, userid, thread) DO UPDATE SET up_to=max(up_to, excluded.up_to)",
        owner["corp_id"],
        owner["userid"],
        thread,
        shown[-1]["id"],
    )


def say(world: World, pusher: Pusher, owner: Row, thread: str, text: str) -> None:
    """Let him write into a conversation; RefusedError bad_text, not_friends or not_found."""
    kind, key = thread[:1], thread[1:]
    if kind == "p" and key.isdecimal():
        known = friends.relation(world, int(key), owner["corp_id"], owner["userid"])
        if known is None:
            raise RefusedError("not_friends", "They are not friends.")
        chats.send_text(world, known, "member", text)
        return
    if not text.strip() or len(text.encode()) > chats.MOST_TEXT_BYTES:
        raise RefusedError("bad_text", f"A message has 1 to {chats.MOST_TEXT_BYTES} bytes.")
    if kind == "g":
        groups.say(world, group_with(world, owner, key), owner["userid"], text)
        return
    if kind == "k":
        open_kfid, person_id = service_key(key)
        _servicer(world, owner, open_kfid)
        support.answer(world, pusher, open_kfid, person_id, owner["userid"], text)
        return
    raise missing("conversation")


def send_picture(world: World, owner: Row, thread: str, content_type: str, content: bytes) -> None:
    """Let him send a picture to a customer or into a group."""
    if content_type not in PICTURES or not 0 < len(content) <= MOST_PICTURE_BYTES:
        raise RefusedError("bad_picture", "A picture is a PNG, JPEG, GIF or WebP of at most 10 MB.")
    kind, key = thread[:1], thread[1:]
    known = friends.relation(world, int(key), owner["corp_id"], owner["userid"]) if key.isdecimal() else None
    group = group_with(world, owner, key) if kind == "g" else None
    if group is None and (known is None or known["stage"] == "requested"):
        raise RefusedError("not_friends", "They are not friends.")
    body = {"pic_url": f"/wwmedia/{_keep_picture(world, owner, content_type, content)}"}
    if group is not None:
        groups.post(world, group, owner["userid"], "image", body)
    elif known is not None:
        chats.say(world, known, "member", "image", body)
        world.streams.tell(known["person_id"])


def _keep_picture(world: World, owner: Row, content_type: str, content: bytes) -> str:
    media_id = "3" + secrets.token_urlsafe(48)
    world.storage.insert(
        "media",
        media_id=media_id,
        corp_id=owner["corp_id"],
        kind="picture",
        name="picture",
        content_type=content_type,
        content=content,
        created_at=world.now(),
    )
    return media_id


def recall(world: World, owner: Row, message_id: int) -> None:
    """Let him take back what he wrote to a customer less than two minutes ago; both see only that he did."""
    row = world.storage.row(
        "SELECT * FROM messages WHERE id=? AND corp_id=? AND userid=? AND sender='member'",
        message_id,
        owner["corp_id"],
        owner["userid"],
    )
    if row is None:
        raise missing("message")
    if world.now() - row["at"] >= RECALL_SECONDS:
        raise RefusedError("too_late", "A message can be taken back within two minutes.", 409)
    world.storage.run(
        "UPDATE messages SET sender='notice', kind='recalled', body=? WHERE id=?",
        json.dumps({"name": owner["name"]}, ensure_ascii=False),
        message_id,
    )
    world.streams.tell(row["person_id"])
