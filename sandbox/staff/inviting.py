"""A member adds a customer: he looks for a number or a name, asks, and the customer says yes on his own phone."""

from typing import Any

from sandbox.people import friends
from sandbox.people.chats import invited
from sandbox.people.errors import RefusedError, missing
from sandbox.people.minis import phone_number
from sandbox.people.persons import all_persons, person
from sandbox.storage import Row
from sandbox.wecom.callbacks import Pusher
from sandbox.world import World

MOST = 20


def search(world: World, owner: Row, wanted: str) -> list[dict[str, Any]]:
    """Return people by their whole number or a part of their name, and how each stands with the member."""
    wanted = wanted.strip().lower()
    found = []
    for row in all_persons(world):
        if not wanted or not (wanted in row["name"].lower() or wanted == phone_number(world, row["id"])):
            continue
        known = friends.relation(world, row["id"], owner["corp_id"], owner["userid"])
        stage = known["stage"] if known else ""
        asked = known is not None and invited(world, known["id"])
        found.append(
            {
                "person_id": row["id"],
                "name": row["name"],
                "avatar": f"/avatars/persons/{row['id']}.svg",
                "stage": "invited" if asked and stage == "requested" else stage,
            }
        )
        if len(found) == MOST:
            break
    return found


def invite(world: World, pusher: Pusher, owner: Row, person_id: int) -> None:
    """Ask somebody to be his customer; RefusedError no_service when the member serves none, already when he is one."""
    if not owner["serves_customers"]:
        raise RefusedError("no_service", "This member has no customers.", 409)
    person(world, person_id)
    known = friends.relation(world, person_id, owner["corp_id"], owner["userid"])
    if known is not None and known["stage"] != "requested":
        raise RefusedError("already", "He is a customer already.", 409)
    if known is not None:
        return
    corp = friends.corp(world, owner["corp_id"])
    with world.storage.transaction():
        made = friends.add_friend(world, pusher, person_id, friends.Invitation(owner, corp))
        world.storage.insert("invitations", relation_id=made["id"])
    world.streams.tell(person_id)


def say_yes(world: World, pusher: Pusher, person_id: int, corp_id: str, userid: str) -> None:
    """Let a visitor accept what a member asked; RefusedError not_found when nobody asked."""
    known = friends.relation(world, person_id, corp_id, userid)
    if known is None or not invited(world, known["id"]):
        raise missing("request")
    friends.accept(world, pusher, person_id, corp_id, userid)
