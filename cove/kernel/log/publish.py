"""Writing facts: only inside a command, in its transaction."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from cove.kernel import clock
from cove.kernel.actor import MAX_CHAIN, Link
from cove.kernel.log.fact import Fact
from cove.kernel.scope import require_tenant

WAKE_CHANNEL = "cove_log"

INSERT_FACTS = """
INSERT INTO log_fact (tenant_id, kind, at, contact_id, visitor_id, member_id, source, chain, payload)
SELECT %s, r.kind, r.at, r.contact_id, r.visitor_id, r.member_id, r.source, r.chain, r.payload
FROM jsonb_to_recordset(%s::jsonb) AS r(
    kind text, at timestamptz, contact_id bigint, visitor_id bigint, member_id bigint, source text, chain jsonb, payload jsonb)
"""
"""Parameters: the tenant, and a JSON array of `log_row`s."""

REMEMBER_KEYS = (
    "INSERT INTO log_seen (tenant_id, key) SELECT %s, unnest(%s::text[]) ON CONFLICT DO NOTHING RETURNING key"
)
"""Parameters: the tenant, and sorted keys. Gives those that were not seen before."""


class ChainTooLong(RuntimeError):
    """A fact was caused by a fact that was caused by … more than eight times: automations feed each other."""


@dataclass(frozen=True, slots=True)
class Pending:
    """A fact that waits for the end of its command."""

    fact: Fact
    at: datetime
    chain: tuple[Link, ...]


def append_facts(pending: Sequence[Pending]) -> None:
    """Append facts of the bound tenant to the log in the current transaction and wake the consumers at its commit."""
    if not pending:
        return
    for entry in pending:
        if len(entry.chain) > MAX_CHAIN:
            raise ChainTooLong(" → ".join(link.rule for link in entry.chain))
    with connection.cursor() as cursor:
        cursor.execute(INSERT_FACTS, [require_tenant(), json.dumps([_row(entry) for entry in pending])])
        cursor.execute(f"NOTIFY {WAKE_CHANNEL}")


def first_time(keys: Iterable[str]) -> set[str]:
    """Return those of `keys` that the bound tenant sees for the first time, and remember them, in the current transaction.

    Two transactions at once with the same key: the second waits for the first, then finds it taken.
    """
    wanted = sorted(set(keys))
    if not wanted:
        return set()
    with connection.cursor() as cursor:
        cursor.execute(REMEMBER_KEYS, [require_tenant(), wanted])
        return {row[0] for row in cursor.fetchall()}


def pending(fact: Fact, *, at: datetime | None, chain: tuple[Link, ...]) -> Pending:
    """Return `fact` ready to be appended, dated `at` (now by default)."""
    return Pending(fact, at or clock.now(), chain)


def log_row(kind: str, at: str, payload: dict[str, Any], chain: Sequence[Link] = ()) -> dict[str, Any]:
    """Return a fact as `INSERT_FACTS` takes it: the fields of its payload that are also columns are found here and nowhere else.

    `at` is ISO 8601 with an offset; `payload` the fields of the fact as JSON values.
    """
    return {
        "kind": kind,
        "at": at,
        "contact_id": payload.get("contact_id"),
        "visitor_id": payload.get("visitor_id"),
        "member_id": payload.get("member_id"),
        "source": payload.get("source", ""),
        "chain": [asdict(link) for link in chain],
        "payload": payload,
    }


def _row(entry: Pending) -> dict[str, Any]:
    return log_row(entry.fact.kind, entry.at.isoformat(), entry.fact.model_dump(mode="json"), entry.chain)
