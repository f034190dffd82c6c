"""What a life is laid upon: the numbers of the company, its members, codes, tags and sources, as they stand in the tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import connections

from cove.launch.demo.company import LIFE_SOURCES
from cove.launch.demo.life import codes
from cove.launch.demo.outside import Outside
from cove.launch.demo.past.channels import Channels, survey_channels
from cove.launch.welcome import DEMO_SLUG


@dataclass(frozen=True, slots=True)
class LaidCode:
    """A live code; `ways` are the states of its contact ways by userid, `platform_tags` the platform's ids of its tags."""

    id: int
    name: str
    tag_ids: list[int]
    tag_names: list[str]
    platform_tags: list[str]
    utm: dict[str, Any]
    ways: dict[str, str]


@dataclass(frozen=True, slots=True)
class Ground:
    """All of it. `members` gives id and name by userid, `sources` id and kind by the place of an event.

    `pictures` is the address before the platform's pictures of people.
    """

    tenant_id: int
    channel_id: int
    corp_id: str
    members: Mapping[str, tuple[int, str]]
    codes: Mapping[str, LaidCode]
    sources: Mapping[str, tuple[int, str]]
    kf_account: int
    open_kfid: str
    pictures: str
    now: datetime
    channels: Channels


def rows(sql: str, *values: Any) -> list[tuple[Any, ...]]:
    """Return the rows of a query as the owner of the tables sees them; none of a statement that has no rows."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall()) if cursor.description else []


def survey(outside: Outside, now: int) -> Ground:
    """Return the ground of the demo company as of the second `now`."""
    tenant = rows("SELECT id FROM org_tenant WHERE slug = %s", DEMO_SLUG)[0][0]
    channel = rows("SELECT id FROM wecom_channel WHERE tenant_id = %s", tenant)[0][0]
    members = rows("SELECT wecom_userid, id, name FROM org_member WHERE tenant_id = %s AND wecom_userid <> ''", tenant)
    names = {name: (place, kind) for place, (name, kind, _) in LIFE_SOURCES.items()}
    account = rows("SELECT id, open_kfid FROM wecom_kf_account WHERE tenant_id = %s ORDER BY id", tenant)
    sources = rows("SELECT name, id, kind FROM tracking_source WHERE tenant_id = %s", tenant)
    return Ground(
        tenant_id=tenant,
        channel_id=channel,
        corp_id=outside.company()["corp_id"],
        members={userid: (key, name) for userid, key, name in members},
        codes={one.name: _code(tenant, one.name) for one in codes.CODES},
        sources={names[name][0]: (key, kind) for name, key, kind in sources if name in names},
        # Where nobody ever wrote there is no account, and nothing to say of one.
        kf_account=account[0][0] if account else 0,
        open_kfid=account[0][1] if account else "",
        pictures=f"{outside.base_url}/avatars/persons/",
        now=datetime.fromtimestamp(now, UTC),
        channels=survey_channels(rows, tenant),
    )


def _code(tenant: int, name: str) -> LaidCode:
    utm = ("utm_source", "utm_medium", "utm_campaign", "utm_content", "utm_term")
    found = rows(
        f"SELECT id, {', '.join(utm)} FROM live_codes_code WHERE tenant_id = %s AND name = %s AND deleted_at IS NULL",  # noqa: S608 -- names of columns
        tenant,
        name,
    )[0]
    tags = rows(
        "SELECT t.id, t.name, w.platform_id FROM live_codes_tag l JOIN people_tag t ON t.id = l.tag_id"
        " JOIN wecom_tag w ON w.tag_id = t.id WHERE l.code_id = %s ORDER BY l.id",
        found[0],
    )
    ways = rows(
        "SELECT m.wecom_userid, w.state FROM live_codes_way w JOIN org_member m ON m.id = w.member_id"
        " WHERE w.code_id = %s AND w.standing",
        found[0],
    )
    return LaidCode(
        found[0],
        name,
        [tag[0] for tag in tags],
        [tag[1] for tag in tags],
        sorted(tag[2] for tag in tags),
        dict(zip(utm, found[1:], strict=True)),
        dict(ways),
    )
