"""The newest QR pictures, as a phone's album would hold them."""

import json
from typing import Any
from urllib.parse import quote

from sandbox.storage import Row
from sandbox.wecom.contact_ways import link_of, picture_of
from sandbox.wecom.directory import member_of
from sandbox.world import World

MOST = 12


def recent_codes(world: World) -> list[Row]:
    """Return the newest pictures of contact ways, of groups' codes and of accounts' codes."""
    return [*_contacts(world), *_groups(world), *_accounts(world)]


def group_link(world: World, slug: str) -> str:
    """Return the text inside the code that leads into a group."""
    return f"{world.settings.base_url}/gm/{slug}"


def _entry(kind: str, link: str, whole: str, remark: str, **more: Any) -> Row:
    return {"kind": kind, "link": link, "qr_code": whole, "remark": remark, "state": ""} | more


def _contacts(world: World) -> list[Row]:
    rows = world.storage.rows("SELECT * FROM contact_ways WHERE deleted=0 ORDER BY rowid DESC LIMIT ?", MOST)
    shown = []
    for row in rows:
        fields, slug = json.loads(row["fields"]), row["slug"]
        people = "、".join(
            str(member["name"]) for one in fields["user"] if (member := member_of(world, row["corp_id"], one))
        )
        more = {"picture": f"/wwpic/{slug}.png", "state": fields["state"], "created_at": row["created_at"]}
        more["people"] = people
        link, picture = link_of(world, slug), picture_of(world, slug)
        shown.append(_entry("contact", link, picture, fields["remark"], **more))
    return shown


def _groups(world: World) -> list[Row]:
    rows = world.storage.rows("SELECT * FROM join_ways WHERE deleted=0 ORDER BY rowid DESC LIMIT ?", MOST)
    shown = []
    for row in rows:
        fields = json.loads(row["fields"])
        name = world.storage.value("SELECT name FROM group_chats WHERE chat_id=?", fields["chat_id_list"][0])
        picture = f"/wwpic/{row['slug']}.png"
        more = {"picture": picture, "state": fields["state"], "created_at": row["created_at"]}
        remark = fields["remark"] or name or ""
        whole = f"{world.settings.base_url}{picture}"
        shown.append(_entry("group", group_link(world, row["slug"]), whole, remark, **more))
    return shown


def _accounts(world: World) -> list[Row]:
    rows = world.storage.rows(
        "SELECT c.*, a.name FROM wx_codes c JOIN wx_apps a USING (app_id) WHERE permanent=1 OR expires_at>?"
        " ORDER BY c.rowid DESC LIMIT ?",
        *(world.now(), MOST),
    )
    shown = []
    for row in rows:
        picture = f"/weixin/cgi-bin/showqrcode?ticket={quote(row['ticket'])}"
        whole = f"{world.settings.base_url}{picture}"
        shown.append(_entry("official", row["url"], whole, f"{row['name']} {row['scene']}", picture=picture))
    return shown
