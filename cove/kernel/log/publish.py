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

_INSERT = """
INSERT INTO log_fact (tenant_id, kind, at, contact_id, visitor_id, member_id, source, chain, payload)
SELECT %s, r.kind, r.at, r.contact_id, r.visitor_id, r.member_id, r.source, r.chain, r.payload
FROM jsonb_to_recordset(%s::jsonb) AS r(
    kind text, at timestamptz, contact_id bigint, visitor_id bigint, member_id bigint, source text, chain jsonb, payload jsonb)
"""


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
        cursor.execute(_INSERT, [require_tenant(), json.dumps([_row(entry) for entry in pending])])
        cursor.execute(f"NOTIFY {WAKE_CHANNEL}")


def first_time(keys: Iterable[str]) -> set[str]:
    """Return those of `keys` that the bound tenant sees for the first time, and remember them, in the current transaction.

    Two transactions at once with the same key: the second waits for the first, then finds it taken.
    """
    wanted = sorted(set(keys))
    if not wanted:
        return set()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO log_seen (tenant_id, key) SELECT %s, unnest(%s::text[]) ON CONFLICT DO NOTHING RETURNING key",
            [require_tenant(), wanted],
        )
        return {row[0] for row in cursor.fetchall()}


def pending(fact: Fact, *, at: datetime | None, chain: tuple[Link, ...]) -> Pending:
    """Return `fact` ready to be appended, dated `at` (now by default)."""
    return Pending(fact, at or clock.now(), chain)


def _row(entry: Pending) -> dict[str, Any]:
    fact = entry.fact
    return {
        "kind": fact.kind,
        "at": entry.at.isoformat(),
        "contact_id": getattr(fact, "contact_id", None),
        "visitor_id": getattr(fact, "visitor_id", None),
        "member_id": getattr(fact, "member_id", None),
        "source": getattr(fact, "source", ""),
        "chain": [asdict(link) for link in entry.chain],
        "payload": fact.model_dump(mode="json"),
    }
