"""Leads as each platform writes them."""

import json
import secrets
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from sandbox.storage import Row
from sandbox.world import World

CHINA = timezone(timedelta(hours=8))
PLATFORMS = ("ocean", "tencent", "baidu")


def leave(world: World, platform: str, outer_id: str, said: dict[str, str], at: int | None = None) -> Row:
    """Let somebody leave his data: `said` has name, phone and whatever else the form asked; returns the lead's row."""
    number = str(secrets.randbelow(10**15) + 10**15)
    key = world.storage.insert(
        "ads_leads",
        platform=platform,
        outer_id=outer_id,
        number=number,
        fields=said,
        at=world.now() if at is None else at,
    )
    return world.storage.row("SELECT * FROM ads_leads WHERE id=?", key) or {}


def written(row: Row) -> dict[str, Any]:
    """Return a lead as its platform writes it, pulled or pushed."""
    said: dict[str, str] = json.loads(row["fields"])
    rest = {name: value for name, value in said.items() if name not in ("name", "phone", "campaign", "click_id")}
    if row["platform"] == "ocean":
        return {
            "clue_id": row["number"],
            "adv_id": row["outer_id"],
            "ad_plan_name": said.get("campaign", ""),
            "module_name": "表单",
            "clue_type": 0,
            "create_time": row["at"],
            "name": said.get("name", ""),
            "telphone": said.get("phone", ""),
            "remark_dict": rest,
            "click_id": said.get("click_id", ""),
        }
    if row["platform"] == "tencent":
        return {
            "account_id": row["outer_id"],
            "leads_id": int(row["number"]),
            "click_id": said.get("click_id", ""),
            "adgroup_name": said.get("campaign", ""),
            "leads_name": said.get("name", ""),
            "leads_telephone": said.get("phone", ""),
            "bundle": json.dumps(rest, ensure_ascii=False),
            "leads_create_time": china(row["at"]),
        }
    return {
        "clueId": row["number"],
        "userName": row["outer_id"],
        "cluePhoneNumber": said.get("phone", ""),
        "commitTime": china(row["at"]),
        "campaignName": said.get("campaign", ""),
        "solutionTypeName": "form",
        "formDetail": [
            {"name": "姓名", "type": "text", "value": said.get("name", "")},
            *({"name": name, "type": "text", "value": value} for name, value in rest.items()),
        ],
    }


def between(world: World, platform: str, outer_id: str, since: int, until: int) -> list[Row]:
    """Return an account's leads between two moments, the oldest first."""
    return world.storage.rows(
        "SELECT * FROM ads_leads WHERE platform=? AND outer_id=? AND at>=? AND at<=? ORDER BY at, id",
        platform,
        outer_id,
        since,
        until,
    )


def china(at: int) -> str:
    """Return a time as platforms write it."""
    return datetime.fromtimestamp(at, UTC).astimezone(CHINA).strftime("%Y-%m-%d %H:%M:%S")


def seconds(text: str) -> int:
    """Return the moment of such a time. Raises ValueError."""
    return int(datetime.strptime(text, "%Y-%m-%d %H:%M:%S").replace(tzinfo=CHINA).timestamp())
