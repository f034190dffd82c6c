"""Writing facts: only inside a command, in its transaction."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from cove.kernel import clock
from cove.kernel.actor import MAX_CHAIN, Link
from cove.kernel.log.fact import Fact
from cove.kernel.scope import require_tenant

WAKE_CHANNEL = "cove_log"

_INSERT = r"""
INSERT INTO log_fact (tenant_id, kind, at, contact_id, visitor_id, member_id, source, chain, payload)
SELECT %s, r->>'kind', (r->>'at')::timestamptz, (r->>'contact_id')::bigint, (r->>'visitor_id')::bigint,
    (r->>'member_id')::bigint, r->>'source', r->'chain', r->'payload'
FROM (SELECT line::jsonb AS r FROM string_to_table({lines}, E'\n') AS line OFFSET 0) AS given
"""

# Without OFFSET the planner would read each line's JSON again for every column.
INSERT_FACTS = _INSERT.format(lines="%s")
"""Parameters: the tenant, and `log_row`s as JSON, a line each."""

INSERT_FACTS_PACKED = _INSERT.format(lines="convert_from(%b, 'UTF8')")
"""The same with the lines as UTF-8 bytes, for psycopg itself."""


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
        cursor.execute(INSERT_FACTS, [require_tenant(), "\n".join(json.dumps(_row(entry)) for entry in pending)])
        cursor.execute(f"NOTIFY {WAKE_CHANNEL}")


def pending(fact: Fact, *, at: datetime | None, chain: tuple[Link, ...]) -> Pending:
    """Return `fact` ready to be appended, dated `at` (now by default)."""
    return Pending(fact, at or clock.now(), chain)


def log_row(kind: str, at: str | datetime, payload: dict[str, Any], chain: Sequence[Link] = ()) -> dict[str, Any]:
    """Return a fact as `INSERT_FACTS` takes it: the fields of its payload that are also columns are found here and nowhere else.

    `at` is ISO 8601 with an offset (or will be, when it is encoded); `payload` the fields of the fact as JSON values.
    """
    return {
        "kind": kind,
        "at": at,
        "contact_id": payload.get("contact_id"),
        "visitor_id": payload.get("visitor_id"),
        "member_id": payload.get("member_id"),
        "source": payload.get("source", ""),
        "chain": [asdict(link) for link in chain] if chain else [],
        "payload": payload,
    }


def _row(entry: Pending) -> dict[str, Any]:
    return log_row(entry.fact.kind, entry.at.isoformat(), entry.fact.model_dump(mode="json"), entry.chain)
