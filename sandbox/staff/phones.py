"""Which members' phones lie on the table, and what each shows on its first screens."""

from typing import Any

from sandbox.browser.viewers import member_view
from sandbox.people.errors import missing
from sandbox.staff import tasks
from sandbox.staff.customers import coming_to, customers_of, requests_of
from sandbox.staff.threads import threads_of
from sandbox.storage import Row
from sandbox.wecom.directory import ACTIVE, member_of
from sandbox.world import World


def member(world: World, corp_id: str, userid: str) -> Row:
    """One member; RefusedError not_found."""
    found = member_of(world, corp_id, userid)
    if found is None:
        raise missing("member")
    return found


def face(row: Row) -> dict[str, Any]:
    """How a member looks: his name and his picture."""
    return {
        "userid": row["userid"],
        "name": row["name"],
        "title": row["title"],
        "avatar": f"/avatars/members/{row['corp_id']}/{row['userid']}.svg",
    }


def phones(world: World) -> list[dict[str, Any]]:
    """Every active member with his phone, and whether it lies on the table."""
    rows = world.storage.rows(
        "SELECT members.corp_id, members.userid, members.name, members.title, corps.name AS corp_name,"
        " coalesce(staff_phones.shown, 0) AS shown FROM members JOIN corps USING (corp_id)"
        " LEFT JOIN staff_phones ON staff_phones.corp_id=members.corp_id AND staff_phones.userid=members.userid"
        " WHERE status=? ORDER BY corps.rowid, members.rowid",
        ACTIVE,
    )
    return [
        face(row)
        | {
            "id": f"{row['corp_id']}/{row['userid']}",
            "corp_id": row["corp_id"],
            "corp_name": row["corp_name"],
            "shown": bool(row["shown"]),
        }
        for row in rows
    ]


def services_of(world: World, owner: Row) -> list[str]:
    """Return the names of the accounts of customer service at which he answers."""
    rows = world.storage.rows(
        "SELECT name FROM kf_accounts JOIN kf_servicers USING (open_kfid) WHERE corp_id=? AND userid=? AND deleted=0",
        owner["corp_id"],
        owner["userid"],
    )
    return [row["name"] for row in rows]


def show_phone(world: World, corp_id: str, userid: str, *, shown: bool) -> None:
    """Put a member's phone on the table, or away."""
    owner = member(world, corp_id, userid)
    world.storage.run(
        "INSERT INTO staff_phones (corp_id, userid, shown) VALUES (?, ?, ?)"
        " ON CONFLICT (corp_id, userid) DO UPDATE SET shown=excluded.shown",
        owner["corp_id"],
        owner["userid"],
        int(shown),
    )
    world.streams.tell(0)


def state(world: World, owner: Row) -> dict[str, Any]:
    """Return what a member's phone shows before anything is opened: who he is, his conversations, his customers."""
    corp_id, userid = owner["corp_id"], owner["userid"]
    corp = world.storage.row("SELECT * FROM corps WHERE corp_id=?", corp_id) or {}
    found = tasks.tasks_of(world, owner)
    threads = sorted([*threads_of(world, owner), *tasks.thread(found)], key=lambda one: (-one["at"], one["key"]))
    return face(owner) | {
        "id": f"{corp_id}/{userid}",
        "corp_id": corp_id,
        "corp_name": corp["name"],
        "corp_full_name": corp["full_name"],
        "status": owner["status"],
        "serves_customers": bool(owner["serves_customers"]),
        "view": member_view(world, owner),
        "now": world.now(),
        "threads": threads,
        "tasks": found,
        "customers": customers_of(world, owner),
        "requests": requests_of(world, owner),
        "coming": coming_to(world, owner),
        "services": services_of(world, owner),
    }
