"""A customer group as a member's phone shows it, and what its owner does with it."""

from typing import Any

from sandbox.people import groups
from sandbox.people.errors import RefusedError
from sandbox.staff.talk import group_with
from sandbox.storage import Row
from sandbox.wecom.callbacks import Pusher
from sandbox.wecom.directory import ACTIVE, member_of
from sandbox.wecom.groups import MEMBER, members_of_group
from sandbox.world import World

MOST_NAME = 40
MOST_NOTICE = 500


def info(world: World, owner: Row, chat_id: str) -> dict[str, Any]:
    """Return who is in a group of his, and what he may do there; RefusedError not_found."""
    group = group_with(world, owner, chat_id)
    return {
        "chat_id": chat_id,
        "name": group["name"],
        "notice": group["notice"],
        "owned": group["owner"].lower() == owner["userid"].lower(),
        "since": group["created_at"],
        "people": [_shown(world, group, row) for row in members_of_group(world, chat_id)],
    }


def _shown(world: World, group: Row, row: Row) -> dict[str, Any]:
    if row["kind"] == MEMBER:
        member = member_of(world, group["corp_id"], row["key"])
        name, avatar = member["name"] if member else row["key"], f"/avatars/members/{group['corp_id']}/{row['key']}.svg"
    else:
        name = world.storage.value("SELECT name FROM persons WHERE id=?", row["person_id"]) or ""
        avatar = f"/avatars/persons/{row['person_id']}.svg"
    return {
        "key": row["key"],
        "person_id": row["person_id"],
        "name": name,
        "avatar": avatar,
        "staff": row["kind"] == MEMBER,
        "owner": row["key"].lower() == group["owner"].lower(),
    }


def create(world: World, pusher: Pusher, owner: Row, name: str, persons: list[int]) -> str:
    """Let him make a group with customers; answers its id. RefusedError bad_name or nobody."""
    if not persons:
        raise RefusedError("nobody", "A group needs at least one customer.")
    return str(groups.create(world, pusher, owner["corp_id"], owner["userid"], _name(name), persons)["chat_id"])


def invite(world: World, pusher: Pusher, owner: Row, chat_id: str, persons: list[int]) -> None:
    """Let him bring customers into a group."""
    group = group_with(world, owner, chat_id)
    for one in persons:
        groups.join(world, pusher, group, one)


def remove(world: World, pusher: Pusher, owner: Row, chat_id: str, person_id: int) -> None:
    """Let the owner take a customer out of his group."""
    groups.leave(world, pusher, _owned(world, owner, chat_id), person_id, removed=True)


def change(world: World, pusher: Pusher, owner: Row, chat_id: str, *, name: str, notice: str, heir: str) -> None:
    """Let the owner rename the group, put up a notice, or pass the group on to a colleague."""
    group = _owned(world, owner, chat_id)
    if heir:
        _hand_over(world, pusher, group, heir)
    elif name:
        groups.change(world, pusher, group, name=_name(name))
    elif 0 < len(notice) <= MOST_NOTICE:
        groups.change(world, pusher, group, notice=notice)
    else:
        raise RefusedError("bad_notice", f"A notice has 1 to {MOST_NOTICE} characters.")


def dismiss(world: World, pusher: Pusher, owner: Row, chat_id: str) -> None:
    """Let the owner end his group."""
    groups.dismiss(world, pusher, _owned(world, owner, chat_id))


def _hand_over(world: World, pusher: Pusher, group: Row, heir: str) -> None:
    colleague = member_of(world, group["corp_id"], heir)
    if colleague is None or colleague["status"] != ACTIVE:
        raise RefusedError("not_active", "This member is not active.", 409)
    world.storage.run(
        "INSERT OR IGNORE INTO group_members (chat_id, key, kind, joined_at, scene) VALUES (?, ?, ?, ?, 1)",
        group["chat_id"],
        colleague["userid"],
        MEMBER,
        world.now(),
    )
    groups.change(world, pusher, group, owner=colleague["userid"])


def _owned(world: World, owner: Row, chat_id: str) -> Row:
    group = group_with(world, owner, chat_id)
    if group["owner"].lower() != owner["userid"].lower():
        raise RefusedError("not_owner", "Only the owner of a group does that.", 409)
    return group


def _name(name: str) -> str:
    if not 1 <= len(name.strip()) <= MOST_NAME:
        raise RefusedError("bad_name", f"A group's name has 1 to {MOST_NAME} characters.")
    return name.strip()
