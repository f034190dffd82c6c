"""A member's customers as his phone shows them."""

import json
from typing import Any

from sandbox.people.errors import missing
from sandbox.storage import Row
from sandbox.wecom.customers import external_id
from sandbox.world import World

# The list of a phone; whoever has more customers than this finds them by the platform's other pages.
MOST = 500


def customers_of(world: World, owner: Row) -> list[dict[str, Any]]:
    """Return his customers, the newest first."""
    rows = _relations(world, owner, "stage!='requested'")
    tags = tags_of(world, owner)
    return [_shown(row) | {"tags": tags.get(row["id"], [])} for row in rows]


def requests_of(world: World, owner: Row) -> list[dict[str, Any]]:
    """Return who asked to be his customer and waits for his yes."""
    waiting = "stage='requested' AND relations.id NOT IN (SELECT relation_id FROM invitations)"
    return [_shown(row) for row in _relations(world, owner, waiting)]


def coming_to(world: World, owner: Row) -> list[dict[str, Any]]:
    """Return the customers that are being passed on to him: each may refuse for a day."""
    rows = world.storage.rows(
        "SELECT person_id, persons.name, coalesce(members.name, handover) AS from_member, asked_at FROM transfers"
        " JOIN persons ON persons.id=person_id LEFT JOIN members ON members.corp_id=transfers.corp_id AND members.userid=handover"
        " WHERE transfers.corp_id=? AND takeover=? AND transfers.status=2 ORDER BY transfers.id",
        owner["corp_id"],
        owner["userid"],
    )
    return [row | {"avatar": f"/avatars/persons/{row['person_id']}.svg"} for row in rows]


def tags_of(world: World, owner: Row) -> dict[int, list[str]]:
    """Return the names of the tags that he gave, by friendship."""
    rows = world.storage.rows(
        "SELECT relation_tags.relation_id AS id, tags.name FROM relation_tags JOIN tags USING (tag_id)"
        " JOIN relations ON relations.id=relation_tags.relation_id"
        " WHERE relations.corp_id=? AND relations.userid=? AND tags.deleted=0 ORDER BY tags.rowid",
        owner["corp_id"],
        owner["userid"],
    )
    found: dict[int, list[str]] = {}
    for row in rows:
        found.setdefault(row["id"], []).append(row["name"])
    return found


def profile(world: World, owner: Row, person_id: int) -> dict[str, Any]:
    """Return what a member knows of a customer, and the tags that he may give; RefusedError not_found."""
    rows = _relations(world, owner, "person_id=?", person_id)
    if not rows:
        raise missing("customer")
    row = rows[0]
    given = {
        one["tag_id"] for one in world.storage.rows("SELECT tag_id FROM relation_tags WHERE relation_id=?", row["id"])
    }
    return _shown(row) | {
        "stage": row["stage"],
        "external_userid": external_id(world, owner["corp_id"], person_id),
        "description": row["description"],
        "company": row["remark_corp_name"],
        "mobiles": json.loads(row["remark_mobiles"]),
        "tag_groups": _tag_groups(world, owner["corp_id"], given),
        "from_member": _came_from(world, row),
    }


def _relations(world: World, owner: Row, condition: str, *values: Any) -> list[Row]:
    sql = (
        "SELECT relations.*, persons.name, persons.gender FROM relations JOIN persons ON persons.id=person_id"
        " WHERE corp_id=? AND userid=? AND {} ORDER BY relations.id DESC LIMIT ?"
    )
    return world.storage.rows(sql.format(condition), owner["corp_id"], owner["userid"], *values, MOST)


def _shown(row: Row) -> dict[str, Any]:
    return {
        "person_id": row["person_id"],
        "thread": f"p{row['person_id']}",
        "name": row["name"],
        "gender": row["gender"],
        "avatar": f"/avatars/persons/{row['person_id']}.svg",
        "remark": row["remark"],
        "since": row["created_at"],
        "add_way": row["add_way"],
        "state": row["state"],
    }


def _tag_groups(world: World, corp_id: str, given: set[str]) -> list[dict[str, Any]]:
    groups = world.storage.rows(
        "SELECT * FROM tag_groups WHERE corp_id=? AND deleted=0 ORDER BY position DESC, rowid", corp_id
    )
    tags = world.storage.rows("SELECT * FROM tags WHERE corp_id=? AND deleted=0 ORDER BY position DESC, rowid", corp_id)
    return [
        {
            "name": group["name"],
            "tags": [
                {"tag_id": tag["tag_id"], "name": tag["name"], "given": tag["tag_id"] in given}
                for tag in tags
                if tag["group_id"] == group["group_id"]
            ],
        }
        for group in groups
    ]


def _came_from(world: World, row: Row) -> str:
    """Return the name of the member who had this customer before him, empty if nobody had."""
    found = world.storage.value(
        "SELECT coalesce(members.name, handover) FROM transfers LEFT JOIN members ON members.corp_id=transfers.corp_id"
        " AND members.userid=handover WHERE transfers.corp_id=? AND takeover=? AND person_id=? AND transfers.status=1"
        " ORDER BY id DESC LIMIT 1",
        row["corp_id"],
        row["userid"],
        row["person_id"],
    )
    return str(found or "")
