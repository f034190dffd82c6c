"""The tasks on a member's phone: mass messages and moments that he confirms, or waves away."""

import json
from typing import Any

from sandbox.people.errors import missing
from sandbox.staff.threads import speaker
from sandbox.storage import Row
from sandbox.wecom.contents import pieces
from sandbox.world import World

MOST = 30
MOST_NAMED = 24
WAITING, DONE, OVER, SKIPPED = "waiting", "done", "over", "skipped"


def tasks_of(world: World, owner: Row) -> list[dict[str, Any]]:
    """Return his tasks, newest first, each with what would be sent and to whom."""
    skipped = {
        row["task"]
        for row in world.storage.rows(
            "SELECT task FROM staff_skips WHERE corp_id=? AND userid=?", owner["corp_id"], owner["userid"]
        )
    }
    found = [_mass(world, owner, row, skipped) for row in _rows(world, owner, "mass")]
    found += [_moment(world, owner, row, skipped) for row in _rows(world, owner, "moment")]
    return sorted(found, key=lambda one: -one["at"])[:MOST]


def _rows(world: World, owner: Row, kind: str) -> list[Row]:
    sql = {
        "mass": "SELECT mass_tasks.*, status, sent_at FROM mass_members JOIN mass_tasks USING (msgid)"
        " WHERE corp_id=? AND userid=? ORDER BY mass_tasks.rowid DESC LIMIT ?",
        "moment": "SELECT moments.*, customers, published_at FROM moment_members JOIN moments USING (moment_id)"
        " WHERE corp_id=? AND userid=? ORDER BY moments.rowid DESC LIMIT ?",
    }[kind]
    return world.storage.rows(sql, owner["corp_id"], owner["userid"], MOST)


def _state(key: str, skipped: set[str], *, done: bool, over: bool) -> str:
    if done:
        return DONE
    return OVER if over else SKIPPED if key in skipped else WAITING


def _shown(row: Row, key: str) -> dict[str, Any]:
    content = json.loads(row["content"])
    shown = pieces(content["text"], content["attachments"])
    return {"key": key, "at": row["created_at"], "pieces": [{"kind": kind, "body": body} for kind, body in shown]}


def _mass(world: World, owner: Row, row: Row, skipped: set[str]) -> dict[str, Any]:
    targets = world.storage.rows(
        "SELECT target FROM mass_targets WHERE msgid=? AND userid=? ORDER BY rowid LIMIT ?",
        row["msgid"],
        owner["userid"],
        MOST_NAMED,
    )
    sums = "SELECT count(*) AS count, coalesce(sum(status=1), 0) AS sent FROM mass_targets WHERE msgid=? AND userid=?"
    counted = world.storage.row(sums, row["msgid"], owner["userid"]) or {}
    groups = row["chat_type"] == "group"
    reminders = json.loads(row["reminders"])
    return _shown(row, row["msgid"]) | {
        "kind": "groups" if groups else "mass",
        "state": _state(row["msgid"], skipped, done=bool(row["status"]), over=bool(row["cancelled"])),
        "reminders": len(reminders),
        "count": counted["count"],
        "sent": counted["sent"],
        "done_at": row["sent_at"],
        "to": [_target(world, owner, one["target"], groups=groups) for one in targets],
    }


def _target(world: World, owner: Row, target: str, *, groups: bool) -> dict[str, Any]:
    if groups:
        name = world.storage.value("SELECT name FROM group_chats WHERE chat_id=?", target)
        return {"name": name or "", "avatar": ""}
    person = "SELECT person_id FROM externals WHERE corp_id=? AND external_userid=?"
    person_id = world.storage.value(person, owner["corp_id"], target)
    return {"name": speaker(world, owner["corp_id"], target), "avatar": f"/avatars/persons/{person_id}.svg"}


def _moment(world: World, owner: Row, row: Row, skipped: set[str]) -> dict[str, Any]:
    customers = json.loads(row["customers"])
    published = row["published_at"]
    return _shown(row, row["moment_id"]) | {
        "kind": "moment",
        "state": _state(row["moment_id"], skipped, done=bool(published), over=bool(row["cancelled"])),
        "reminders": 0,
        "count": len(customers),
        "sent": len(customers) if published else 0,
        "done_at": published,
        "to": [_target(world, owner, one, groups=False) for one in customers[:MOST_NAMED]],
    }


def skip(world: World, owner: Row, key: str) -> None:
    """Let him wave a task away: his phone asks no more; the platform goes on waiting. RefusedError not_found."""
    if not any(one["key"] == key and one["state"] == WAITING for one in tasks_of(world, owner)):
        raise missing("task")
    world.storage.run(
        "INSERT OR IGNORE INTO staff_skips (corp_id, userid, task) VALUES (?, ?, ?)",
        owner["corp_id"],
        owner["userid"],
        key,
    )


def thread(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the conversation in which a phone is told of tasks; none when there never was one."""
    if not found:
        return []
    newest = found[0]
    return [
        {
            "key": "t",
            "kind": "tasks",
            "name": "",
            "avatars": [],
            "at": newest["at"],
            "mine": False,
            "unread": sum(one["state"] == WAITING for one in found),
            "last": {"kind": "task", "body": {"kind": newest["kind"]}, "sender": ""},
        }
    ]
