"""What a phone shows for a code or a link of the platform."""

import json
from typing import Any
from urllib.parse import parse_qs

from sandbox.people import chats, friends
from sandbox.people.acquiring import note_click
from sandbox.people.codes import Meaning
from sandbox.people.errors import RefusedError
from sandbox.people.inbox import account_card, group_member
from sandbox.people.minis import open_mini
from sandbox.storage import Row
from sandbox.wecom.groups import group_of, members_of_group
from sandbox.world import World


def opened(world: World, person_id: int, meant: Meaning) -> dict[str, Any]:
    """Return it, by the kind of the meaning; RefusedError code_gone when nothing stands behind it any more."""
    if meant.kind == "contact":
        return _contact(world, person_id, meant)
    if meant.kind == "official":
        return {"account": account_card(world, meant.found["app_id"], person_id), "ticket": meant.found["ticket"]}
    if meant.kind == "group":
        return {"slug": meant.found["slug"], "group": _group(world, person_id, meant.found)}
    if meant.kind == "service":
        return {"chat": _service(world, meant.found), "scene": parse_qs(meant.query).get("enc_scene", [""])[0]}
    return {"mini": open_mini(world, person_id, meant.found["app_id"], meant.path, meant.query)}


def _contact(world: World, person_id: int, meant: Meaning) -> dict[str, Any]:
    assert meant.way is not None
    if "link_id" in meant.way:
        note_click(world, meant.way)
    invited = friends.invitation(world, person_id, meant.way["slug"])
    known = friends.relation(world, person_id, invited.corp["corp_id"], invited.member["userid"])
    card = chats.contact_card(world, invited.corp["corp_id"], invited.member["userid"])
    return {"slug": meant.way["slug"], "member": card, "already": known["stage"] if known else None}


def _group(world: World, person_id: int, way: Row) -> dict[str, Any]:
    """Return the group that a code shows before somebody joins: the one he is in already, else the first."""
    living = [
        found for one in json.loads(way["fields"])["chat_id_list"] if (found := group_of(world, way["corp_id"], one))
    ]
    if not living:
        raise RefusedError("code_gone", "The groups behind this code are gone.", 410)
    rooms = [(row, members_of_group(world, row["chat_id"])) for row in living]
    inside = [room for room in rooms if any(one["person_id"] == person_id for one in room[1])]
    row, people = (inside or rooms)[0]
    return {
        "key": f"group/{row['chat_id']}",
        "name": row["name"],
        "corp_name": friends.corp(world, row["corp_id"])["name"],
        "count": len(people),
        "faces": [group_member(world, row, one)["avatar"] for one in people[:9]],
        "joined": bool(inside),
    }


def _service(world: World, row: Row) -> dict[str, Any]:
    return {
        "key": f"kf/{row['open_kfid']}",
        "type": "kf",
        "open_kfid": row["open_kfid"],
        "name": row["name"],
        "corp_id": row["corp_id"],
        "corp_name": friends.corp(world, row["corp_id"])["name"],
        "avatar": f"/avatars/kf/{row['open_kfid']}.svg",
        "messages": [],
    }
