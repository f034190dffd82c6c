"""Life in customer groups: made, joined, left, renamed, dismissed, talked in."""

import json
import secrets
import time
from collections.abc import Sequence
from typing import Any

from sandbox.people.errors import RefusedError, missing
from sandbox.people.persons import person
from sandbox.storage import Row
from sandbox.wecom.callbacks import Pusher
from sandbox.wecom.contents import pieces
from sandbox.wecom.customers import external_id
from sandbox.wecom.directory import member_of
from sandbox.wecom.events import Value, raise_event
from sandbox.wecom.groups import CUSTOMER, MEMBER, group_of, told
from sandbox.world import World

EVENT = "change_external_chat"
INVITED, BY_LINK, BY_CODE = 1, 2, 3
MOST_PEOPLE = 500
NICKNAME = "%NICKNAME%"


def create(world: World, pusher: Pusher, corp_id: str, owner: str, name: str, persons: Sequence[int]) -> Row:
    """Let a member make a group with some customers."""
    member = member_of(world, corp_id, owner)
    if member is None:
        raise missing("member")
    chat_id = "wr" + secrets.token_urlsafe(24)[:30]
    with world.storage.transaction():
        world.storage.insert(
            "group_chats",
            chat_id=chat_id,
            corp_id=corp_id,
            name=name,
            owner=member["userid"],
            created_at=world.now(),
        )
        _put(world, chat_id, member["userid"], MEMBER, INVITED)
        for one in persons:
            _put(world, chat_id, external_of(world, corp_id, one), CUSTOMER, INVITED, person_id=one, invitor=owner)
        _note(world, {"chat_id": chat_id}, "created", name=member["name"])
        notes = raise_event(world, corp_id, EVENT, {"ChangeType": "create", "ChatId": chat_id}, customer=chat_id)
    pusher.push(notes)
    tell(world, chat_id)
    return _living(world, corp_id, chat_id)


def join(world: World, pusher: Pusher, group: Row, person_id: int, *, scene: int = INVITED, state: str = "") -> Row:
    """Let a visitor into a group: by invitation, by a link or by a code."""
    count = world.storage.value("SELECT count(*) FROM group_members WHERE chat_id=?", group["chat_id"])
    if count >= MOST_PEOPLE:
        raise RefusedError("group_full", "The group is full.")
    key = external_of(world, group["corp_id"], person_id)
    if world.storage.value("SELECT 1 FROM group_members WHERE chat_id=? AND key=?", group["chat_id"], key):
        return group
    invitor = "" if scene == BY_CODE else group["owner"]
    with world.storage.transaction():
        was = _remember(world, group)
        _put(world, group["chat_id"], key, CUSTOMER, scene, person_id=person_id, invitor=invitor, state=state)
        fields: dict[str, Value] = {"JoinScene": BY_CODE if scene == BY_CODE else 0, **_members([key], was, was + 1)}
        notes = _notes(world, group, "add_member", fields)
        _welcome(world, group, person_id, scene)
    pusher.push(notes)
    tell(world, group["chat_id"])
    return _living(world, group["corp_id"], group["chat_id"])


def leave(world: World, pusher: Pusher, group: Row, person_id: int, *, removed: bool = False) -> Row:
    """Let a visitor leave, or be removed."""
    key = external_id(world, group["corp_id"], person_id)
    with world.storage.transaction():
        was = _remember(world, group)
        gone = world.storage.change("DELETE FROM group_members WHERE chat_id=? AND key=?", group["chat_id"], key)
        fields: dict[str, Value] = {"QuitScene": int(removed), **_members([key], was, was + 1)}
        notes = _notes(world, group, "del_member", fields) if gone else []
    pusher.push(notes)
    world.streams.tell(person_id)
    tell(world, group["chat_id"])
    return _living(world, group["corp_id"], group["chat_id"])


def change(world: World, pusher: Pusher, group: Row, *, name: str = "", notice: str = "", owner: str = "") -> Row:
    """Let the owner rename the group, put up a notice, or pass the group on."""
    with world.storage.transaction():
        _remember(world, group)
        detail = "change_name" if name else "change_notice" if notice else "change_owner"
        column, value = ("name", name) if name else ("notice", notice) if notice else ("owner", owner)
        world.storage.run(f"UPDATE group_chats SET {column}=? WHERE chat_id=?", value, group["chat_id"])  # noqa: S608 (ours)
        notes = _notes(world, group, detail, {})
        if detail != "change_owner":
            _note(world, group, detail, value=value)
    pusher.push(notes)
    tell(world, group["chat_id"])
    return _living(world, group["corp_id"], group["chat_id"])


def dismiss(world: World, pusher: Pusher, group: Row) -> None:
    """Let the owner end the group."""
    tell(world, group["chat_id"])
    with world.storage.transaction():
        world.storage.run("UPDATE group_chats SET dismissed=1 WHERE chat_id=?", group["chat_id"])
        fields = {"ChangeType": "dismiss", "ChatId": group["chat_id"]}
        notes = raise_event(world, group["corp_id"], EVENT, fields, customer=group["chat_id"])
    pusher.push(notes)


def by_code(world: World, pusher: Pusher, person_id: int, config_id: str) -> Row:
    """Let a visitor scan a code that leads into a group: the first of its groups that has room, else a new one if it makes them."""
    way = world.storage.row("SELECT * FROM join_ways WHERE config_id=? AND deleted=0", config_id)
    if way is None:
        raise RefusedError("code_gone", "The code does not work any more.", 410)
    fields = json.loads(way["fields"])
    groups = [found for one in fields["chat_id_list"] if (found := group_of(world, way["corp_id"], one))]
    for group in groups:
        count = world.storage.value("SELECT count(*) FROM group_members WHERE chat_id=?", group["chat_id"])
        if count < int(world.setting("group_room", str(MOST_PEOPLE))):
            return join(world, pusher, group, person_id, scene=BY_CODE, state=fields["state"])
    if not groups or not fields["auto_create_room"]:
        raise RefusedError("group_full", "All groups of the code are full.")
    name = f"{fields['room_base_name']}{fields['room_base_id']}"
    made = create(world, pusher, way["corp_id"], groups[-1]["owner"], name, [])
    # UNCONFIRMED (fact sheet G1): the new group is appended, within five of them the oldest goes.
    fields["chat_id_list"] = [*fields["chat_id_list"], made["chat_id"]][-5:]
    fields["room_base_id"] += 1
    world.storage.run(
        "UPDATE join_ways SET fields=? WHERE config_id=?", json.dumps(fields, ensure_ascii=False), config_id
    )
    return join(world, pusher, made, person_id, scene=BY_CODE, state=fields["state"])


def say(world: World, group: Row, sender: str, text: str) -> None:
    """Let somebody say something in the group."""
    post(world, group, sender, "text", {"content": text})


def post(world: World, group: Row, sender: str, kind: str, body: dict[str, Any]) -> None:
    """Put a message of any kind into the group."""
    world.storage.insert(
        "group_messages", chat_id=group["chat_id"], sender=sender, kind=kind, body=body, at=world.now()
    )
    tell(world, group["chat_id"])


def say_as(world: World, person_id: int, chat_id: str, kind: str, body: dict[str, Any]) -> None:
    """Let a visitor write into a group he is in; RefusedError not_found."""
    row = world.storage.row(
        "SELECT g.*, m.key FROM group_chats g JOIN group_members m USING (chat_id)"
        " WHERE g.chat_id=? AND g.dismissed=0 AND m.person_id=?",
        *(chat_id, person_id),
    )
    if row is None:
        raise missing("group")
    post(world, row, row["key"], kind, body)


def tell(world: World, chat_id: str) -> None:
    """Say on every phone of a group that something is new there."""
    for row in world.storage.rows("SELECT person_id FROM group_members WHERE chat_id=? AND kind=?", chat_id, CUSTOMER):
        world.streams.tell(row["person_id"])
    world.streams.tell(f"g{chat_id}")


def greet_with(world: World, group: Row, template_id: str) -> None:
    """Let the owner choose what greets newcomers, or nothing; RefusedError not_found for a template that is not there."""
    known = "SELECT 1 FROM group_welcomes WHERE template_id=? AND corp_id=? AND deleted=0"
    if template_id and not world.storage.value(known, template_id, group["corp_id"]):
        raise missing("template")
    world.storage.run("DELETE FROM group_greetings WHERE chat_id=?", group["chat_id"])
    if template_id:
        world.storage.insert("group_greetings", chat_id=group["chat_id"], template_id=template_id)


def _welcome(world: World, group: Row, person_id: int, scene: int) -> None:
    """Note in the group who came, and greet him as the owner chose."""
    name = person(world, person_id)["name"]
    _note(world, group, "joined_by_code" if scene == BY_CODE else "joined", name=name)
    found = world.storage.value(
        "SELECT fields FROM group_greetings JOIN group_welcomes USING (template_id) WHERE chat_id=? AND deleted=0",
        group["chat_id"],
    )
    if not found:
        return
    fields = json.loads(found)
    cards = [{"msgtype": kind, kind: fields[kind]} for kind in fields if kind not in ("text", "notify")]
    text = str(fields["text"]["content"]).replace(NICKNAME, name)
    for kind, body in pieces(text, cards):
        post(world, group, group["owner"], kind, body)


def _note(world: World, group: Row, event: str, **said: str) -> None:
    """Put a grey line into the group."""
    body = {"event": event} | said
    world.storage.insert(
        "group_messages", chat_id=group["chat_id"], sender="", kind="notice", body=body, at=world.now()
    )


def _living(world: World, corp_id: str, chat_id: str) -> Row:
    found = group_of(world, corp_id, chat_id)
    if found is None:
        raise missing("group")
    return found


def external_of(world: World, corp_id: str, person_id: int) -> str:
    """Return the id under which the corp knows a visitor; whoever joins a group gets one, friend or not."""
    person(world, person_id)
    known = external_id(world, corp_id, person_id)
    if known:
        return known
    made = "wm" + secrets.token_urlsafe(24)[:30]
    world.storage.insert("externals", external_userid=made, corp_id=corp_id, person_id=person_id)
    return made


def _put(
    world: World,
    chat_id: str,
    key: str,
    kind: int,
    scene: int,
    *,
    person_id: int | None = None,
    invitor: str = "",
    state: str = "",
) -> None:
    world.storage.insert(
        "group_members",
        chat_id=chat_id,
        key=key,
        kind=kind,
        person_id=person_id,
        joined_at=world.now(),
        scene=scene,
        invitor=invitor,
        state=state,
    )


def _remember(world: World, group: Row) -> int:
    """Keep how the group was told before a change; answers its version then."""
    row = _living(world, group["corp_id"], group["chat_id"])
    world.storage.run(
        "UPDATE group_chats SET previous=?, changed_at=?, version=version+1 WHERE chat_id=?",
        json.dumps(told(world, row), ensure_ascii=False),
        time.time(),
        row["chat_id"],
    )
    return int(row["version"])


def _members(keys: list[str], was: int, now: int) -> dict[str, Value]:
    return {
        "MemChangeCnt": len(keys),
        "MemChangeList": keys,
        "LastMemVer": f"{was:032x}",
        "CurMemVer": f"{now:032x}",
    }


def _notes(world: World, group: Row, detail: str, fields: dict[str, Value]) -> list[Row]:
    head: dict[str, Value] = {"ChangeType": "update", "ChatId": group["chat_id"], "UpdateDetail": detail}
    return raise_event(world, group["corp_id"], EVENT, head | fields, customer=group["chat_id"])
