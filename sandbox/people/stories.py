"""What people did at the platform some time ago, told in one go, for a company that has had customers for a year.

Told aloud, each doing raises its event with the second in which it happened, as a platform does that catches up after an outage. Told
quietly, the platform just knows of it, for a company that brings its customers along.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sandbox.people import friends, support
from sandbox.people.errors import RefusedError, missing
from sandbox.people.groups import INVITED
from sandbox.storage import Row
from sandbox.wecom.callbacks import Pusher
from sandbox.wecom.directory import member_of
from sandbox.wecom.groups import CUSTOMER, MEMBER
from sandbox.world import World

AT_ONCE = 40
"""Doings between two rests, in which all callbacks arrive: nobody is to be overrun."""


@dataclass
class Then(World):
    """The sandbox at an earlier second."""

    at: int = 0

    def now(self) -> int:
        """Return that second."""
        return self.at


@dataclass(frozen=True)
class Doing:
    """What somebody (`person`, by his external id) did at Unix second `at`: add, leave, say or answer."""

    at: int
    do: str
    person: str
    userid: str
    code: str = ""
    text: str = ""
    remark: str = ""


def introduce(world: World, corp_id: str, persons: Sequence[dict[str, Any]]) -> dict[str, int]:
    """Make persons the corp knows by `external_userid`, and answer the number of each; those who are there already stay as they are."""
    numbers = {}
    with world.storage.transaction():
        for one in persons:
            external = one["external_userid"]
            known = world.storage.value("SELECT person_id FROM externals WHERE external_userid=?", external)
            if known is not None:
                numbers[external] = int(known)
                continue
            person_id = world.storage.insert(
                "persons",
                name=one["name"],
                gender=one["gender"],
                unionid=one["unionid"],
                shown=False,
                created_at=one["at"],
            )
            world.storage.insert("externals", external_userid=external, corp_id=corp_id, person_id=person_id)
            numbers[external] = person_id
    world.streams.tell(0)
    return numbers


async def tell(world: World, pusher: Pusher, corp_id: str, doings: Sequence[Doing], open_kfid: str = "") -> int:
    """Let the doings happen in their order, with their events; answers how many were new. What was told before is passed over."""
    told, spoken = 0, False
    for number, doing in enumerate(doings):
        then = Then(world.settings, world.storage, world.client, world.streams, at=doing.at)
        person_id = _person(world, corp_id, doing.person)
        if doing.do == "add":
            told += _add(then, pusher, corp_id, person_id, doing)
        elif doing.do == "leave":
            told += _leave(then, pusher, corp_id, person_id, doing.userid)
        else:
            told += support.tell_past(then, open_kfid, person_id, doing.text, doing.userid * (doing.do == "answer"))
            spoken = True
        if number % AT_ONCE == AT_ONCE - 1:
            await pusher.drain()
    if spoken:
        support.tell_news(world, pusher, open_kfid)
    await pusher.drain()
    return told


def settle(world: World, corp_id: str, friendships: Sequence[dict[str, Any]]) -> None:
    """Note friendships that are there, with remark and tags, without a word to anybody."""
    with world.storage.transaction():
        for one in friendships:
            known = {name: one[name] for name in ("userid", "state", "add_way", "remark")}
            person_id = _person(world, corp_id, one["external_userid"])
            if friends.relation(world, person_id, corp_id, one["userid"]):
                continue
            relation_id = world.storage.insert(
                "relations", corp_id=corp_id, person_id=person_id, stage="full", created_at=one["at"], **known
            )
            for tag_id in one["tag_ids"]:
                world.storage.run("INSERT OR IGNORE INTO relation_tags VALUES (?, ?)", relation_id, tag_id)


def settle_followers(world: World, corp_id: str, followers: Sequence[dict[str, Any]]) -> None:
    """Note who is known to an official account or a mini-program by which openid, and who follows it, without a word to anybody."""
    with world.storage.transaction():
        for one in followers:
            world.storage.run(
                "INSERT INTO wx_users (app_id, person_id, openid, subscribed, subscribe_time, scene, qr_scene)"
                " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                one["app_id"],
                _person(world, corp_id, one["person"]),
                one["openid"],
                int(one["since"] > 0),
                one["since"],
                one["scene"],
                one["qr_scene"],
            )


def settle_groups(world: World, corp_id: str, groups: Sequence[dict[str, Any]]) -> None:
    """Note customer groups with their owners and who is in them, without a word to anybody; those that are there get who is new."""
    with world.storage.transaction():
        for one in groups:
            owner = member_of(world, corp_id, one["owner"])
            if owner is None:
                raise missing("member")
            world.storage.run(
                "INSERT INTO group_chats (chat_id, corp_id, name, owner, created_at) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                *(one["chat_id"], corp_id, one["name"], owner["userid"], one["at"]),
            )
            _into_group(world, one["chat_id"], (owner["userid"], MEMBER, None, one["at"], INVITED, ""))
            for each in one["members"]:
                invitor = owner["userid"] if each["scene"] == INVITED else ""
                person_id = _person(world, corp_id, each["person"])
                _into_group(
                    world, one["chat_id"], (each["person"], CUSTOMER, person_id, each["at"], each["scene"], invitor)
                )


def _into_group(world: World, chat_id: str, who: tuple[Any, ...]) -> None:
    world.storage.run(
        "INSERT INTO group_members (chat_id, key, kind, person_id, joined_at, scene, invitor) VALUES (?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT DO NOTHING",
        *(chat_id, *who),
    )


def _person(world: World, corp_id: str, external: str) -> int:
    found = world.storage.value(
        "SELECT person_id FROM externals WHERE external_userid=? AND corp_id=?", external, corp_id
    )
    if found is None:
        raise missing("person")
    return int(found)


def _add(then: World, pusher: Pusher, corp_id: str, person_id: int, doing: Doing) -> int:
    if friends.relation(then, person_id, corp_id, doing.userid):
        return 0
    member = member_of(then, corp_id, doing.userid)
    if member is None:
        raise missing("member")
    way = _way(then, corp_id, doing) if doing.code else None
    friends.add_friend(then, pusher, person_id, friends.Invitation(member, friends.corp(then, corp_id), way))
    if way is None:
        friends.accept(then, pusher, person_id, corp_id, doing.userid)
    then.storage.run(
        "UPDATE relations SET remark=? WHERE person_id=? AND corp_id=? AND userid=?",
        doing.remark,
        person_id,
        corp_id,
        doing.userid,
    )
    return 1


def _leave(then: World, pusher: Pusher, corp_id: str, person_id: int, userid: str) -> int:
    if friends.relation(then, person_id, corp_id, userid) is None:
        return 0
    friends.delete_friend(then, pusher, person_id, corp_id, userid)
    return 1


def _way(world: World, corp_id: str, doing: Doing) -> Row:
    found = world.storage.row(
        "SELECT * FROM contact_ways WHERE corp_id=? AND deleted=0 AND json_extract(fields, '$.remark')=?"
        " AND json_extract(fields, '$.user[0]')=? COLLATE NOCASE ORDER BY rowid LIMIT 1",
        corp_id,
        doing.code,
        doing.userid,
    )
    if found is None:
        raise RefusedError("no_code", f"No contact way has the remark {doing.code} and leads to {doing.userid}.", 404)
    return found | {"fields": json.loads(found["fields"])}
