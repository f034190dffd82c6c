"""Acquisition links. Source: WeCom documents 97297, 97298, 97375, 97299."""

import json
import secrets
from typing import Any

from sandbox.storage import Row
from sandbox.wecom.customers import external_id
from sandbox.wecom.directory import member_of
from sandbox.wecom.errors import PlatformError
from sandbox.wecom.requests import Call, page
from sandbox.world import World

# UNCONFIRMED (fact sheet G5): how long a name may be.
NAME_CHARACTERS = 30
MOST_MEMBERS = 500
QUOTA = 1000
MOST_SPAN_SECONDS = 30 * 86400


def create_link(call: Call) -> dict[str, Any]:
    """POST customer_acquisition/create_link: a link that adds one of some members."""
    fields = _link_fields(call, {})
    link_id, slug = "cawcl" + secrets.token_hex(10), "lk" + secrets.token_hex(10)
    call.storage.insert(
        "acquisition_links",
        link_id=link_id,
        corp_id=call.corp_id,
        agent_id=call.app["agent_id"],
        slug=slug,
        fields=fields,
        created_at=call.world.now(),
    )
    return {
        "link": {
            "link_id": link_id,
            "link_name": fields["link_name"],
            "url": url_of(call.world, slug),
            "create_time": call.world.now(),
        }
    }


def update_link(call: Call) -> dict[str, Any]:
    """POST customer_acquisition/update_link: change what is sent."""
    row = _link(call)
    fields = _link_fields(call, json.loads(row["fields"]))
    call.storage.run(
        "UPDATE acquisition_links SET fields=? WHERE link_id=?", json.dumps(fields, ensure_ascii=False), row["link_id"]
    )
    return {}


def delete_link(call: Call) -> dict[str, Any]:
    """POST customer_acquisition/delete_link: it stops working."""
    call.storage.run("UPDATE acquisition_links SET deleted=1 WHERE link_id=?", _link(call)["link_id"])
    return {}


def list_links(call: Call) -> dict[str, Any]:
    """POST customer_acquisition/list_link: ids, page by page."""
    rows = call.storage.rows(
        "SELECT link_id FROM acquisition_links WHERE corp_id=? AND agent_id=? AND deleted=0 ORDER BY rowid",
        call.corp_id,
        call.app["agent_id"],
    )
    found, cursor = page(call, [row["link_id"] for row in rows], default=100, most=100)
    return {"link_id_list": found, "next_cursor": cursor}


def get_link(call: Call) -> dict[str, Any]:
    """POST customer_acquisition/get: everything about one link."""
    row = _link(call)
    fields = json.loads(row["fields"])
    return {
        "link": {
            "link_name": fields["link_name"],
            "url": url_of(call.world, row["slug"]),
            "create_time": row["created_at"],
            "skip_verify": fields["skip_verify"],
            "mark_source": fields["mark_source"],
        },
        "range": fields["range"],
        "priority_option": fields["priority_option"],
    }


def list_customers(call: Call) -> dict[str, Any]:
    """POST customer_acquisition/customer: who came by a link, and whether he wrote."""
    row = _link(call)
    rows = call.storage.rows("SELECT * FROM acquisition_customers WHERE link_id=? ORDER BY rowid", row["link_id"])
    found, cursor = page(call, rows, default=100, most=1000)
    return {"customer_list": [_customer(call, one) for one in found], "next_cursor": cursor}


def _customer(call: Call, row: Row) -> dict[str, Any]:
    wrote = call.storage.value(
        "SELECT chat_started FROM relations WHERE corp_id=? AND userid=? AND person_id=?",
        call.corp_id,
        row["userid"],
        row["person_id"],
    )
    return {
        "external_userid": external_id(call.world, call.corp_id, row["person_id"]),
        "userid": row["userid"],
        "chat_status": int(wrote) if wrote is not None else 2,
        "state": row["state"],
    }


def quota(call: Call) -> dict[str, Any]:
    """GET customer_acquisition_quota: how many customers may still be added by links."""
    total = int(call.world.setting("acquisition_quota", str(QUOTA)))
    left = balance(call.world, call.corp_id)
    return {
        "total": total,
        "balance": left,
        "quota_list": [{"expire_date": call.world.now() + 300 * 86400, "balance": left}],
    }


def balance(world: World, corp_id: str) -> int:
    """Return how many customers may still be added by links."""
    used = world.storage.value(
        "SELECT count(*) FROM acquisition_customers JOIN acquisition_links USING (link_id) WHERE corp_id=?", corp_id
    )
    return max(0, int(world.setting("acquisition_quota", str(QUOTA))) - int(used))


def statistic(call: Call) -> dict[str, Any]:
    """POST customer_acquisition/statistic: how many clicked and how many became customers."""
    row, start, end = _link(call), call.number("start_time", 0), call.number("end_time", 0)
    if not start or end < start or end - start > MOST_SPAN_SECONDS:
        raise PlatformError(40058, "start_time")
    new = call.storage.value(
        "SELECT count(*) FROM acquisition_customers WHERE link_id=? AND at BETWEEN ? AND ?", row["link_id"], start, end
    )
    return {"click_link_customer_cnt": row["clicks"], "new_customer_cnt": new}


def url_of(world: World, slug: str) -> str:
    """Return the address of a link."""
    return f"{world.settings.base_url}/ca/{slug}"


def _link(call: Call) -> Row:
    found = call.storage.row(
        "SELECT * FROM acquisition_links WHERE corp_id=? AND agent_id=? AND link_id=? AND deleted=0",
        call.corp_id,
        call.app["agent_id"],
        call.required("link_id"),
    )
    if found is None:
        raise PlatformError(40058, "link_id")
    return found


def _link_fields(call: Call, known: dict[str, Any]) -> dict[str, Any]:
    name = call.text("link_name", known.get("link_name", ""), most=NAME_CHARACTERS)
    if not name:
        raise PlatformError(40063, "link_name")
    given = call.body.get("range") or known.get("range") or {}
    users, parties = given.get("user_list") or [], given.get("department_list") or []
    if not users and not parties:
        raise PlatformError(40063, "range")
    if len(users) > MOST_MEMBERS:
        raise PlatformError(40058, "range")
    for userid in users:
        if member_of(call.world, call.corp_id, userid) is None:
            raise PlatformError(60111, userid)
    return {
        "link_name": name,
        "range": {"user_list": users, "department_list": parties},
        "skip_verify": call.flag("skip_verify", default=known.get("skip_verify", True)),
        "mark_source": call.flag("mark_source", default=known.get("mark_source", True)),
        "priority_option": call.body.get("priority_option") or known.get("priority_option") or {},
    }
