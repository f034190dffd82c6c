"""Customers who come by an acquisition link: it adds a member as a contact code does, within the company's quota.

Source: WeCom documents 97297, 97298; the channel in the link's address becomes the customer's state.
"""

import json
from urllib.parse import parse_qs

from sandbox.people.errors import RefusedError
from sandbox.storage import Row
from sandbox.wecom.acquisition import balance
from sandbox.wecom.callbacks import Pusher
from sandbox.wecom.events import raise_event
from sandbox.world import World

EVENT = "customer_acquisition"
# UNCONFIRMED (fact sheet G4): the number of an acquisition link among the ways in which a customer was added.
BY_LINK = 16
CHANNEL_BYTES = 64
LOW = 20


def slug_with_channel(slug: str, query: str) -> str:
    """Return what a phone remembers of a link: its slug, with the channel of its address."""
    channel = parse_qs(query).get("customer_channel", [""])[0]
    return f"{slug}?{channel}" if channel else slug


def way_of_link(world: World, slug: str) -> Row | None:
    """Return an acquisition link as a contact way, or None when there is none; RefusedError code_gone without quota."""
    name, _, channel = slug.partition("?")
    row = world.storage.row("SELECT * FROM acquisition_links WHERE slug=? AND deleted=0", name)
    if row is None:
        return None
    if not balance(world, row["corp_id"]):
        raise RefusedError("code_gone", "The company has no customers left to add by links.", 410)
    link = json.loads(row["fields"])
    fields = {
        "user": link["range"]["user_list"],
        "party": link["range"]["department_list"],
        "skip_verify": link["skip_verify"],
        # A link prefers whom the customer knows already, if it is told to.
        "is_exclusive": bool(link["priority_option"]),
        "state": channel.encode()[:CHANNEL_BYTES].decode(errors="ignore"),
        "remark": link["link_name"],
    }
    return {"slug": slug, "corp_id": row["corp_id"], "config_id": "", "link_id": row["link_id"], "fields": fields}


def note_click(world: World, way: Row) -> None:
    """Count who opened a link."""
    world.storage.run("UPDATE acquisition_links SET clicks=clicks+1 WHERE link_id=?", way["link_id"])


def note_customer(world: World, pusher: Pusher, way: Row, userid: str, person_id: int) -> None:
    """Count who became a customer by a link; the company is told when its quota runs low."""
    made = world.storage.change(
        "INSERT OR IGNORE INTO acquisition_customers VALUES (?, ?, ?, ?, ?)",
        *(way["link_id"], person_id, userid, way["fields"]["state"], world.now()),
    )
    left = balance(world, way["corp_id"])
    change = {LOW - 1: "balance_low", 0: "balance_exhausted"}.get(left)
    if made and change:
        pusher.push(raise_event(world, way["corp_id"], EVENT, {"ChangeType": change}))
