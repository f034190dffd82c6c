"""Visitors: human beings with a phone and a WeChat account."""

import secrets

from sandbox.people.errors import RefusedError, missing
from sandbox.storage import Row
from sandbox.world import World

NAMES = (
    "林晓雨",
    "周子墨",
    "Amy 陈",
    "许知远",
    "何佳怡",
    "老吴",
    "苏念",
    "阿泽",
    "Grace",
    "沈一鸣",
    "方糖",
    "江南",
)
MOST_NAME_CHARACTERS = 32


def all_persons(world: World) -> list[Row]:
    """Every visitor, oldest first."""
    return world.storage.rows("SELECT * FROM persons ORDER BY id")


def person(world: World, person_id: int) -> Row:
    """One visitor; RefusedError not_found."""
    found = world.storage.row("SELECT * FROM persons WHERE id=?", person_id)
    if found is None:
        raise missing("person")
    return found


def create_person(world: World, name: str = "", gender: int = 0, *, shown: bool = True) -> Row:
    """Make a visitor with a phone of his own; without a name he gets one."""
    count = world.storage.value("SELECT count(*) FROM persons")
    name = name.strip() or NAMES[count % len(NAMES)] + (str(count // len(NAMES) + 1) if count >= len(NAMES) else "")
    if len(name) > MOST_NAME_CHARACTERS:
        raise RefusedError("name_too_long", f"A name has at most {MOST_NAME_CHARACTERS} characters.")
    person_id = world.storage.insert(
        "persons",
        name=name,
        gender=gender,
        shown=shown,
        unionid="o" + secrets.token_urlsafe(21)[:27],
        created_at=world.now(),
    )
    world.streams.tell(0)
    return person(world, person_id)


def show_phone(world: World, person_id: int, *, shown: bool) -> Row:
    """Put a visitor's phone on the table, or away."""
    person(world, person_id)
    world.storage.run("UPDATE persons SET shown=? WHERE id=?", int(shown), person_id)
    world.streams.tell(0)
    return person(world, person_id)
