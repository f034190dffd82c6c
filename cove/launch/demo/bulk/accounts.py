"""The customer accounts of the product, as its events tell of them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from cove.launch.demo.life.lives import Life

_KEEP = """
INSERT INTO tracking_account AS had (tenant_id, key, name, name_verified, traits, claims, first_seen_at, last_seen_at)
SELECT %s, told.key, told.name, true, told.traits, '{}', told.first, told.last
FROM jsonb_to_recordset(%s::jsonb) AS told (key text, name text, traits jsonb, first timestamptz, last timestamptz)
ON CONFLICT (tenant_id, key) DO UPDATE SET name = excluded.name, name_verified = true, traits = had.traits || excluded.traits,
  first_seen_at = least(had.first_seen_at, excluded.first_seen_at),
  last_seen_at = greatest(had.last_seen_at, excluded.last_seen_at)
"""


class Account(NamedTuple):
    """What the events of some contacts tell of an account."""

    name: str
    traits: dict[str, Any]
    first: datetime
    last: datetime


def seen(lives: Iterable[Life]) -> dict[str, Account]:
    """Return by key the accounts that these contacts act for."""
    found: dict[str, Account] = {}
    for life in lives:
        at = [one.at for one in life.sent if life.firm.key in (one.event.get("account"), one.event.get("group_id"))]
        told = next((one.event["traits"] for one in life.sent if one.event["type"] == "group"), None)
        if told is None:
            continue
        known = found.get(life.firm.key)
        times = [*at, *((known.first, known.last) if known else ())]
        found[life.firm.key] = Account(life.firm.name, told, min(times), max(times))
    return found


def keep(cursor: Any, tenant_id: int, accounts: dict[str, Account]) -> None:
    """Write accounts, or what is newly told of those that are there."""
    # In one order, so that two pieces which speak of the same accounts wait for each other only one way round.
    told = [{"key": key, **one._asdict()} for key, one in sorted(accounts.items())]
    cursor.execute(_KEEP, (tenant_id, json.dumps(told, default=datetime.isoformat)))
