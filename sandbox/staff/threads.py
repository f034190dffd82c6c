"""The list of conversations on a member's phone: customers, groups, applications, customer service."""

import json
from collections.abc import Iterator
from typing import Any

from sandbox.storage import Row
from sandbox.wecom.groups import groups_of
from sandbox.world import World

MOST = 200


def threads_of(world: World, owner: Row) -> list[dict[str, Any]]:
    """Return his conversations, the one in which something was said last first."""
    read = {
        row["thread"]: row["up_to"]
        for row in world.storage.rows(
            "SELECT thread, up_to FROM staff_reads WHERE corp_id=? AND userid=?", owner["corp_id"], owner["userid"]
        )
    }
    found = [
        *_customers(world, owner, read),
        *_groups(world, owner, read),
        *_apps(world, owner, read),
        *_services(world, owner, read),
    ]
    return sorted(found, key=lambda one: (-one["at"], one["key"]))[:MOST]


def _customers(world: World, owner: Row, read: dict[str, int]) -> Iterator[dict[str, Any]]:
    rows = world.storage.rows(
        "SELECT persons.id AS person_id, persons.name, max(messages.id) AS last, relations.remark, relations.id AS friends"
        " FROM messages JOIN persons ON persons.id=messages.person_id"
        " LEFT JOIN relations ON relations.corp_id=messages.corp_id AND relations.userid=messages.userid"
        " AND relations.person_id=messages.person_id"
        " WHERE messages.corp_id=? AND messages.userid=? GROUP BY messages.person_id ORDER BY last DESC LIMIT ?",
        owner["corp_id"],
        owner["userid"],
        MOST,
    )
    for row in rows:
        key = f"p{row['person_id']}"
        last = world.storage.row("SELECT * FROM messages WHERE id=?", row["last"]) or {}
        unread = world.storage.value(
            "SELECT count(*) FROM messages WHERE corp_id=? AND userid=? AND person_id=? AND sender='person' AND id>?",
            owner["corp_id"],
            owner["userid"],
            row["person_id"],
            read.get(key, 0),
        )
        yield _shown(key, "customer", row["remark"] or row["name"], last, unread) | {
            "person_id": row["person_id"],
            "avatars": [f"/avatars/persons/{row['person_id']}.svg"],
            "friend": row["friends"] is not None,
            "mine": last["sender"] == "member",
        }


def _groups(world: World, owner: Row, read: dict[str, int]) -> Iterator[dict[str, Any]]:
    for group in groups_of(world, owner["corp_id"]):
        people = world.storage.rows(
            "SELECT * FROM group_members WHERE chat_id=? ORDER BY joined_at, rowid", group["chat_id"]
        )
        if not any(one["kind"] == 1 and one["key"].lower() == owner["userid"].lower() for one in people):
            continue
        key = f"g{group['chat_id']}"
        last = world.storage.row(
            "SELECT * FROM group_messages WHERE chat_id=? ORDER BY id DESC LIMIT 1", group["chat_id"]
        )
        unread = world.storage.value(
            "SELECT count(*) FROM group_messages WHERE chat_id=? AND kind!='notice' AND sender!=? COLLATE NOCASE AND id>?",
            group["chat_id"],
            owner["userid"],
            read.get(key, 0),
        )
        said = last or {"kind": "", "body": "{}", "at": group["created_at"], "sender": ""}
        yield _shown(key, "group", group["name"], said, unread) | {
            "chat_id": group["chat_id"],
            "owned": group["owner"].lower() == owner["userid"].lower(),
            "count": len(people),
            "avatars": [_face_in_group(owner["corp_id"], one) for one in people[:9]],
            "mine": said["sender"].lower() == owner["userid"].lower(),
            "speaker": speaker(world, owner["corp_id"], said["sender"]),
        }


def _face_in_group(corp_id: str, row: Row) -> str:
    if row["kind"] == 1:
        return f"/avatars/members/{corp_id}/{row['key']}.svg"
    return f"/avatars/persons/{row['person_id']}.svg"


def speaker(world: World, corp_id: str, key: str) -> str:
    """Return the name of somebody in a group, by userid or external_userid; empty for nobody."""
    name = world.storage.value("SELECT name FROM members WHERE corp_id=? AND userid=?", corp_id, key)
    name = name or world.storage.value(
        "SELECT name FROM persons JOIN externals ON externals.person_id=persons.id WHERE corp_id=? AND external_userid=?",
        corp_id,
        key,
    )
    return str(name or key)


def _apps(world: World, owner: Row, read: dict[str, int]) -> Iterator[dict[str, Any]]:
    rows = world.storage.rows(
        "SELECT apps.agent_id, apps.name, max(staff_messages.id) AS last FROM staff_messages JOIN apps USING (corp_id, agent_id)"
        " WHERE corp_id=? AND userid=? GROUP BY agent_id",
        owner["corp_id"],
        owner["userid"],
    )
    for row in rows:
        key = f"a{row['agent_id']}"
        last = world.storage.row("SELECT *, '' AS sender FROM staff_messages WHERE id=?", row["last"]) or {}
        unread = world.storage.value(
            "SELECT count(*) FROM staff_messages WHERE corp_id=? AND userid=? AND agent_id=? AND id>?",
            owner["corp_id"],
            owner["userid"],
            row["agent_id"],
            read.get(key, 0),
        )
        yield _shown(key, "app", row["name"], last, unread) | {
            "agent_id": row["agent_id"],
            "avatars": [],
            "mine": False,
        }


def _services(world: World, owner: Row, read: dict[str, int]) -> Iterator[dict[str, Any]]:
    rows = world.storage.rows(
        "SELECT kf_accounts.name AS account, kf_sessions.*, persons.name,"
        " (SELECT max(id) FROM kf_messages WHERE kf_messages.open_kfid=kf_sessions.open_kfid"
        " AND kf_messages.person_id=kf_sessions.person_id AND msgtype!='event') AS last"
        " FROM kf_sessions JOIN kf_accounts USING (open_kfid) JOIN persons ON persons.id=kf_sessions.person_id"
        " JOIN kf_servicers ON kf_servicers.open_kfid=kf_sessions.open_kfid AND kf_servicers.userid=?"
        " WHERE corp_id=? AND deleted=0 AND (servicer='' OR servicer=? COLLATE NOCASE)",
        owner["userid"],
        owner["corp_id"],
        owner["userid"],
    )
    for row in rows:
        key = f"k{row['open_kfid']}.{row['person_id']}"
        last = world.storage.row("SELECT *, msgtype AS kind FROM kf_messages WHERE id=?", row["last"])
        if last is None:
            continue
        unread = world.storage.value(
            "SELECT count(*) FROM kf_messages WHERE open_kfid=? AND person_id=? AND origin=3 AND id>?",
            row["open_kfid"],
            row["person_id"],
            read.get(key, 0),
        )
        yield _shown(key, "service", row["name"], last | {"sender": ""}, unread) | {
            "account": row["account"],
            "person_id": row["person_id"],
            "taken": row["servicer"].lower() == owner["userid"].lower(),
            "over": row["state"] == 4,  # noqa: PLR2004 -- the platform's number for a conversation that ended
            "avatars": [f"/avatars/persons/{row['person_id']}.svg"],
            "mine": last["origin"] == 5,  # noqa: PLR2004 -- the platform's number for the company's side
        }


def _shown(key: str, kind: str, name: str, last: Row, unread: int) -> dict[str, Any]:
    return {
        "key": key,
        "kind": kind,
        "name": name,
        "at": last["at"],
        "last": {"kind": last["kind"], "body": json.loads(last["body"]), "sender": last["sender"]},
        "unread": unread,
    }
