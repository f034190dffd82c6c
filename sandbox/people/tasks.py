"""What members do with the tasks that applications give them: send mass messages, publish moments, let customers go."""

import json
import time
from typing import Any

from sandbox.people.chats import say
from sandbox.people.errors import RefusedError, missing
from sandbox.people.feed import viewers_of
from sandbox.people.friends import relation
from sandbox.people.groups import post
from sandbox.storage import Row
from sandbox.wecom.callbacks import Pusher
from sandbox.wecom.contents import pieces
from sandbox.wecom.events import CONTACT_EVENT, raise_event
from sandbox.wecom.groups import group_of
from sandbox.wecom.mass import HAD_THE_MOST, NO_FRIEND, SENT, SENT_BY_MEMBER
from sandbox.wecom.transfers import DONE, FULL, REFUSED, WAITING
from sandbox.world import World

REFUSAL_SECONDS = 86400
CHINA_SECONDS = 8 * 3600


def confirm_mass(world: World, msgid: str, userid: str) -> dict[str, int]:
    """Let a member send his part of a mass message; answers how many it reached and how many it did not."""
    task = world.storage.row("SELECT * FROM mass_tasks WHERE msgid=?", msgid)
    mine = world.storage.row("SELECT * FROM mass_members WHERE msgid=? AND userid=?", msgid, userid)
    if task is None or mine is None:
        raise missing("task")
    if task["cancelled"] or mine["status"]:
        raise RefusedError("task_over", "The task was cancelled or sent before.")
    counts = {"sent": 0, "failed": 0}
    with world.storage.transaction():
        for row in world.storage.rows("SELECT * FROM mass_targets WHERE msgid=? AND userid=?", msgid, userid):
            status = _reach(world, task, row)
            counts["sent" if status == SENT else "failed"] += 1
            world.storage.run(
                "UPDATE mass_targets SET status=?, sent_at=? WHERE msgid=? AND userid=? AND target=?",
                status,
                world.now() if status == SENT else None,
                msgid,
                userid,
                row["target"],
            )
        world.storage.run(
            "UPDATE mass_members SET status=?, sent_at=? WHERE msgid=? AND userid=?",
            SENT_BY_MEMBER,
            world.now(),
            msgid,
            userid,
        )
    return counts


def _reach(world: World, task: Row, row: Row) -> int:
    content = json.loads(task["content"])
    month = time.strftime("%Y-%m", time.gmtime(world.now() + CHINA_SECONDS))
    past = world.storage.rows("SELECT sent_at FROM mass_targets WHERE target=? AND status=1", row["target"])
    count = sum(time.strftime("%Y-%m", time.gmtime(one["sent_at"] + CHINA_SECONDS)) == month for one in past)
    if count >= most_a_month(world):
        return HAD_THE_MOST
    if task["chat_type"] == "group":
        group = group_of(world, task["corp_id"], row["target"])
        if group is None:
            return NO_FRIEND
        for kind, body in pieces(content["text"], content["attachments"]):
            post(world, group, row["userid"], kind, body)
        return SENT
    person = world.storage.value(
        "SELECT person_id FROM externals WHERE corp_id=? AND external_userid=?", task["corp_id"], row["target"]
    )
    known = relation(world, person, task["corp_id"], row["userid"]) if person is not None else None
    if known is None or known["stage"] == "requested":
        return NO_FRIEND
    for kind, body in pieces(content["text"], content["attachments"]):
        say(world, known, "member", kind, body)
    world.streams.tell(person)
    return SENT


def most_a_month(world: World) -> int:
    """How many mass messages a customer gets in a month: as many as it has days, unless the corp's administrator chose fewer."""
    now = time.gmtime(world.now() + CHINA_SECONDS)
    days = [31, 29 if now.tm_year % 4 == 0 else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][now.tm_mon - 1]
    return int(world.setting("mass_a_month", str(days)))


def publish_moment(world: World, moment_id: str, userid: str) -> None:
    """Let a member publish a moment of the corp."""
    moment = world.storage.row("SELECT * FROM moments WHERE moment_id=?", moment_id)
    if moment is None:
        raise missing("moment")
    if moment["cancelled"]:
        raise RefusedError("task_over", "The moment was cancelled.")
    changed = world.storage.change(
        "UPDATE moment_members SET published_at=? WHERE moment_id=? AND userid=? AND published_at IS NULL",
        world.now(),
        moment_id,
        userid,
    )
    if not changed:
        raise missing("task")
    find = "SELECT customers FROM moment_members WHERE moment_id=? AND userid=?"
    for one in viewers_of(world, moment["corp_id"], world.storage.value(find, moment_id, userid)):
        world.streams.tell(one)


def react_to_moment(world: World, moment_id: str, userid: str, person_id: int, kind: str) -> None:
    """Let a visitor like a moment or comment on it."""
    if kind not in ("like", "comment"):
        raise RefusedError("bad_field", "kind must be like or comment.", 400)
    world.storage.insert(
        "moment_reactions", moment_id=moment_id, userid=userid, person_id=person_id, kind=kind, at=world.now()
    )


def settle_transfers(world: World, pusher: Pusher, corp_id: str, *, refusing: list[int], full: bool = False) -> int:
    """Let the 24 hours pass in which customers can refuse; `refusing` are the persons who do. Answers how many moved."""
    notes: list[Row] = []
    moved = 0
    with world.storage.transaction():
        for row in world.storage.rows(
            "SELECT * FROM transfers WHERE corp_id=? AND status=? ORDER BY id", corp_id, WAITING
        ):
            if row["person_id"] in refusing or full:
                reason = "customer_limit_exceed" if full else "customer_refused"
                _settle(world, row, FULL if full else REFUSED)
                fields = _head(row, "transfer_fail", row["takeover"]) | {"FailReason": reason}
                notes += raise_event(world, corp_id, CONTACT_EVENT, fields, customer=row["external_userid"])
                continue
            notes += _move(world, row)
            moved += 1
    pusher.push(notes)
    return moved


def _move(world: World, row: Row) -> list[Row]:
    old = relation(world, row["person_id"], row["corp_id"], row["handover"])
    _settle(world, row, DONE)
    if old is None:
        return []
    world.storage.run(
        "DELETE FROM relations WHERE corp_id=? AND userid=? AND person_id=?",
        row["corp_id"],
        row["takeover"],
        row["person_id"],
    )
    world.storage.run(
        "UPDATE relations SET userid=?, created_at=?, state='', add_way=202 WHERE id=?",
        row["takeover"],
        world.now(),
        old["id"],
    )
    gone = _head(row, "del_external_contact", row["handover"]) | {"Source": "DELETE_BY_TRANSFER"}
    come = _head(row, "add_external_contact", row["takeover"])
    customer = row["external_userid"]
    return [
        *raise_event(world, row["corp_id"], CONTACT_EVENT, come, customer=customer),
        *raise_event(world, row["corp_id"], CONTACT_EVENT, gone, customer=customer),
    ]


def _head(row: Row, change: str, userid: str) -> dict[str, Any]:
    return {"ChangeType": change, "UserID": userid, "ExternalUserID": row["external_userid"]}


def _settle(world: World, row: Row, status: int) -> None:
    world.storage.run("UPDATE transfers SET status=?, done_at=? WHERE id=?", status, world.now(), row["id"])
