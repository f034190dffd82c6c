"""What is said between visitors and members, and how a phone shows it."""

import json
from typing import Any

from sandbox.people.errors import RefusedError, missing
from sandbox.people.feed import fresh_posts
from sandbox.people.inbox import chats_of
from sandbox.people.minis import phone_number, recent_minis
from sandbox.people.persons import person
from sandbox.people.showing import from_wecom
from sandbox.storage import Row
from sandbox.wecom.directory import member_of
from sandbox.world import World

MOST_TEXT_BYTES = 4000


def say(world: World, known: Row, sender: str, kind: str, body: dict[str, Any]) -> int:
    """Put a message into the chat of a friendship; answers its id."""
    return world.storage.insert(
        "messages",
        corp_id=known["corp_id"],
        userid=known["userid"],
        person_id=known["person_id"],
        sender=sender,
        kind=kind,
        body=body,
        read=sender == "person",
        at=world.now(),
    )


def send_text(world: World, known: Row, sender: str, text: str) -> int:
    """Send a text; from the person's first message on no welcome is possible."""
    if known["stage"] == "requested":
        raise RefusedError("not_friends", "They are not friends.")
    if not text.strip() or len(text.encode()) > MOST_TEXT_BYTES:
        raise RefusedError("bad_text", f"A message has 1 to {MOST_TEXT_BYTES} bytes.")
    if sender == "person":
        world.storage.run("UPDATE relations SET chat_started=1 WHERE id=?", known["id"])
    message_id = say(world, known, sender, "text", {"content": text})
    world.streams.tell(known["person_id"])
    return message_id


def read_chat(world: World, person_id: int, corp_id: str, userid: str) -> None:
    """Note that the visitor has seen everything in this chat."""
    changed = world.storage.change(
        "UPDATE messages SET read=1 WHERE person_id=? AND corp_id=? AND userid=? AND read=0",
        person_id,
        corp_id,
        userid,
    )
    if changed:
        world.streams.tell(person_id)


def phone_state(world: World, person_id: int) -> dict[str, Any]:
    """Everything a visitor's phone shows: who he is, his friends, and his chats with all messages."""
    owner = person(world, person_id)
    rows = world.storage.rows("SELECT * FROM relations WHERE person_id=? ORDER BY id", person_id)
    friends = [_friend(world, row) for row in rows]
    return {
        "id": person_id,
        "name": owner["name"],
        "avatar": f"/avatars/persons/{person_id}.svg",
        "now": world.now(),
        "friends": [friend for friend in friends if friend["stage"] == "full"],
        "requests": [friend for friend in friends if friend["stage"] != "full"],
        "chats": _sorted([*_chats(world, person_id), *chats_of(world, person_id)]),
        "minis": recent_minis(world, person_id),
        "fresh_moments": fresh_posts(world, person_id),
        "phone": phone_number(world, person_id),
        "base_url": world.settings.base_url,
        "recent": recent_pages(world, person_id),
    }


def invited(world: World, relation_id: int) -> bool:
    """Whether it was the member who asked, and the visitor who has to say yes."""
    return bool(world.storage.value("SELECT 1 FROM invitations WHERE relation_id=?", relation_id))


def recent_pages(world: World, person_id: int) -> list[str]:
    """Return the addresses of pages this phone opened last, newest first."""
    rows = world.storage.rows(
        "SELECT url FROM scans WHERE person_id=? AND url NOT LIKE '%/ca/%' GROUP BY url ORDER BY max(id) DESC LIMIT 6",
        person_id,
    )
    return [row["url"] for row in rows]


def _friend(world: World, known: Row) -> dict[str, Any]:
    return _contact(world, known["corp_id"], known["userid"]) | {
        "stage": known["stage"],
        "invited": invited(world, known["id"]),
        "since": known["created_at"],
        "state": known["state"],
        "add_way": known["add_way"],
    }


def _contact(world: World, corp_id: str, userid: str) -> dict[str, Any]:
    found = world.storage.row("SELECT * FROM corps WHERE corp_id=?", corp_id)
    member = member_of(world, corp_id, userid)
    if found is None or member is None:
        raise missing("member")
    return {
        "key": f"{corp_id}/{member['userid']}",
        "corp_id": corp_id,
        "userid": member["userid"],
        "name": member["name"],
        "title": member["title"],
        "corp_name": found["name"],
        "corp_full_name": found["full_name"],
        "avatar": f"/avatars/members/{corp_id}/{member['userid']}.svg",
    }


def contact_card(world: World, corp_id: str, userid: str) -> dict[str, Any]:
    """How a member looks on a visitor's phone."""
    return _contact(world, corp_id, userid)


def _chats(world: World, person_id: int) -> list[dict[str, Any]]:
    chats: dict[str, dict[str, Any]] = {}
    for row in world.storage.rows("SELECT * FROM messages WHERE person_id=? ORDER BY id", person_id):
        key = f"{row['corp_id']}/{row['userid']}"
        chat = chats.setdefault(
            key, _contact(world, row["corp_id"], row["userid"]) | {"type": "member", "messages": [], "unread": 0}
        )
        kind, body = from_wecom(world, row["kind"], json.loads(row["body"]))
        chat["messages"].append({"id": row["id"], "sender": row["sender"], "kind": kind, "body": body, "at": row["at"]})
        chat["unread"] += int(not row["read"] and row["sender"] == "member")
    return list(chats.values())


def _sorted(chats: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return chats with the one that was last spoken in first; equal ones keep the order of their messages."""

    def last(chat: dict[str, Any]) -> tuple[int, int]:
        message = chat["messages"][-1] if chat["messages"] else {"at": chat.get("since", 0), "id": 0}
        return int(message["at"]), int(message["id"])

    return sorted(chats, key=last, reverse=True)
