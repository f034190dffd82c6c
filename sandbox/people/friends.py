"""Friendships between visitors and members."""

import secrets
from dataclasses import dataclass
from typing import Any

from sandbox.people.acquiring import BY_LINK, note_customer
from sandbox.people.chats import say
from sandbox.people.codes import living_way
from sandbox.people.errors import RefusedError, missing
from sandbox.people.persons import person
from sandbox.storage import Row
from sandbox.wecom.callbacks import Pusher
from sandbox.wecom.contact_ways import members_of_way
from sandbox.wecom.customers import external_id
from sandbox.wecom.directory import ACTIVE, member_of
from sandbox.wecom.events import CONTACT_EVENT, raise_event
from sandbox.wecom.welcome import make_code
from sandbox.world import World

BY_QR_CODE = 1
BY_SEARCH = 2


@dataclass(frozen=True)
class Invitation:
    """What stands behind the 「添加到通讯录」 button."""

    member: Row
    corp: Row
    way: Row | None = None


def invitation(world: World, person_id: int, slug: str) -> Invitation:
    """Whom this phone would add by a contact way; RefusedError code_gone when nobody stands behind it."""
    way = living_way(world, slug=slug)
    members = [
        row
        for row in members_of_way(world, way["corp_id"], way["fields"])
        if row["status"] == ACTIVE and row["serves_customers"]
    ]
    if not members:
        raise RefusedError("code_gone", "Nobody stands behind this code any more.", 410)
    friends = {row["userid"] for row in relations(world, person_id) if row["corp_id"] == way["corp_id"]}
    known = [row for row in members if row["userid"] in friends]
    # The platform chooses by lot; an exclusive code always leads back to the one already added.
    member = known[0] if known and way["fields"]["is_exclusive"] else secrets.choice(members)
    return Invitation(member, corp(world, way["corp_id"]), way)


def corp(world: World, corp_id: str) -> Row:
    """One corp; RefusedError not_found."""
    found = world.storage.row("SELECT * FROM corps WHERE corp_id=?", corp_id)
    if found is None:
        raise missing("corp")
    return found


def relations(world: World, person_id: int) -> list[Row]:
    """All friendships of a visitor, requests included."""
    return world.storage.rows("SELECT * FROM relations WHERE person_id=? ORDER BY id", person_id)


def relation(world: World, person_id: int, corp_id: str, userid: str) -> Row | None:
    """Return the friendship of a visitor and a member, or None."""
    return world.storage.row(
        "SELECT * FROM relations WHERE person_id=? AND corp_id=? AND userid=?", person_id, corp_id, userid
    )


def add_friend(world: World, pusher: Pusher, person_id: int, invited: Invitation, *, half: bool = False) -> Row:
    """Let the visitor tap 添加到通讯录; answers the friendship.

    A code that skips verification makes friends at once; else the member has to accept. With `half` only
    the member's side is made (add_half_external_contact), and a second tap completes it.
    """
    known = relation(world, person_id, invited.corp["corp_id"], invited.member["userid"])
    if known and known["stage"] == "full":
        return known
    way = invited.way
    skips = way is not None and way["fields"]["skip_verify"]
    if known is None:
        known = _make_relation(world, person_id, invited)
    if way is not None and "link_id" in way:
        note_customer(world, pusher, way, known["userid"], person_id)
    if not skips and known["stage"] == "requested":
        world.streams.tell(person_id)
        return known
    return _befriend(world, pusher, known, half=half and known["stage"] != "half")


def _make_relation(world: World, person_id: int, invited: Invitation) -> Row:
    person(world, person_id)
    corp_id, way = invited.corp["corp_id"], invited.way
    if not external_id(world, corp_id, person_id):
        world.storage.insert(
            "externals",
            external_userid="wm" + secrets.token_urlsafe(24)[:30],
            corp_id=corp_id,
            person_id=person_id,
        )
    relation_id = world.storage.insert(
        "relations",
        corp_id=corp_id,
        userid=invited.member["userid"],
        person_id=person_id,
        stage="requested",
        state=way["fields"]["state"] if way else "",
        add_way=BY_SEARCH if way is None else BY_LINK if "link_id" in way else BY_QR_CODE,
        config_id=way["config_id"] if way else "",
        created_at=world.now(),
    )
    return _by_id(world, relation_id)


def _by_id(world: World, relation_id: int) -> Row:
    found = world.storage.row("SELECT * FROM relations WHERE id=?", relation_id)
    assert found is not None
    return found


def accept(world: World, pusher: Pusher, person_id: int, corp_id: str, userid: str) -> Row:
    """Let the member accept a request; RefusedError not_found when there is none."""
    known = relation(world, person_id, corp_id, userid)
    if known is None or known["stage"] != "requested":
        raise missing("request")
    return _befriend(world, pusher, known, half=False)


def _befriend(world: World, pusher: Pusher, known: Row, *, half: bool) -> Row:
    stage = "half" if half else "full"
    with world.storage.transaction():
        world.storage.run("UPDATE relations SET stage=?, created_at=? WHERE id=?", stage, world.now(), known["id"])
        fields: dict[str, str | int] = {"State": known["state"]} if known["state"] else {}
        # No second code for those who were greeted or already talk (document 92130).
        if not known["welcomed"] and not known["chat_started"]:
            fields["WelcomeCode"] = make_code(world, known)
        change = "add_half_external_contact" if half else "add_external_contact"
        notes = _notes(world, known, change, fields)
        if not half:
            member = member_of(world, known["corp_id"], known["userid"])
            name = member["name"] if member else known["userid"]
            say(world, known, "notice", "added", {"name": name})
    world.streams.tell(known["person_id"])
    pusher.push(notes)
    return _by_id(world, known["id"])


def _notes(world: World, known: Row, change: str, fields: dict[str, Any] | None = None) -> list[Row]:
    customer = external_id(world, known["corp_id"], known["person_id"])
    head: dict[str, str | int] = {"ChangeType": change, "UserID": known["userid"], "ExternalUserID": customer}
    return raise_event(world, known["corp_id"], CONTACT_EVENT, head | (fields or {}), customer=customer)


def delete_friend(
    world: World, pusher: Pusher, person_id: int, corp_id: str, userid: str, *, by_member: bool = False
) -> None:
    """End a friendship, from the visitor's side (del_follow_user) or the member's (del_external_contact)."""
    known = relation(world, person_id, corp_id, userid)
    if known is None or known["stage"] == "requested":
        raise missing("friendship")
    with world.storage.transaction():
        notes = _notes(world, known, "del_external_contact" if by_member else "del_follow_user")
        world.storage.run("DELETE FROM relations WHERE id=?", known["id"])
        if not by_member:
            # The visitor's phone forgets the chat with the friend, as WeChat does.
            world.storage.run(
                "DELETE FROM messages WHERE person_id=? AND corp_id=? AND userid=?",
                person_id,
                corp_id,
                userid,
            )
    world.streams.tell(person_id)
    pusher.push(notes)


def edit_friend(world: World, pusher: Pusher, known: Row, *, remark: str | None, tag_ids: list[str] | None) -> Row:
    """Let the member change his remark or the corp tags in his client (edit_external_contact)."""
    with world.storage.transaction():
        if remark is not None:
            world.storage.run("UPDATE relations SET remark=? WHERE id=?", remark, known["id"])
        if tag_ids is not None:
            _set_tags(world, known, tag_ids)
        notes = _notes(world, known, "edit_external_contact")
    pusher.push(notes)
    return _by_id(world, known["id"])


def _set_tags(world: World, known: Row, tag_ids: list[str]) -> None:
    world.storage.run("DELETE FROM relation_tags WHERE relation_id=?", known["id"])
    for tag_id in tag_ids:
        if not world.storage.row(
            "SELECT 1 FROM tags WHERE tag_id=? AND corp_id=? AND deleted=0", tag_id, known["corp_id"]
        ):
            raise missing("tag")
        world.storage.run("INSERT OR IGNORE INTO relation_tags VALUES (?, ?)", known["id"], tag_id)
