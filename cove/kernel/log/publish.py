"""Writing facts: only inside a command, in its transaction."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
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
SELECT {tenant}, f[1], f[2]::timestamptz, NULLIF(f[3], 'null')::bigint, NULLIF(f[4], 'null')::bigint,
    NULLIF(f[5], 'null')::bigint, f[6], CASE f[7] WHEN '[]' THEN '[]' ELSE f[7]::jsonb END, f[8]::jsonb
FROM (SELECT string_to_array(line, E'\t') AS f FROM string_to_table({lines}, E'\n') AS line OFFSET 0) AS given
"""

# Without OFFSET the planner would cut each line again for every column; without CASE it would read the same empty chain each time.
INSERT_FACTS = _INSERT.format(tenant="%s", lines="%s")
"""Parameters: the tenant, and the facts, a line each: `log_head` and the payload."""

INSERT_FACTS_PACKED = _INSERT.format(tenant="$1::bigint", lines="convert_from($2, 'UTF8')").encode()
"""The same with the lines as UTF-8 bytes, for libpq itself."""


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
        cursor.execute(INSERT_FACTS, [require_tenant(), "\n".join(map(_row, pending))])
        cursor.execute(f"NOTIFY {WAKE_CHANNEL}")


def pending(fact: Fact, *, at: datetime | None, chain: tuple[Link, ...]) -> Pending:
    """Return `fact` ready to be appended, dated `at` (now by default)."""
    return Pending(fact, at or clock.now(), chain)


def log_head(kind: str, at: str, payload: Mapping[str, Any], chain: str = "[]") -> str:
    """Return a fact as `INSERT_FACTS` takes it, up to its payload as JSON on one line, which the caller puts behind.

    The fields of the payload that are also columns are found here and nowhere else. `at` is ISO 8601 with an offset, `chain` JSON on one
    line. What is between tabs is no JSON, so a text there must have neither tabs nor ends of lines.
    """
    get = payload.get
    contact, visitor, member, source = get("contact_id"), get("visitor_id"), get("member_id"), get("source", "")
    if not source.isprintable():
        source = "".join(letter if letter.isprintable() else " " for letter in source)
    ids = f"{'null' if contact is None else contact}\t{'null' if visitor is None else visitor}\t{'null' if member is None else member}"
    return f"{kind}\t{at}\t{ids}\t{source}\t{chain}\t"


def _row(entry: Pending) -> str:
    payload = entry.fact.model_dump(mode="json")
    chain = json.dumps([asdict(link) for link in entry.chain])
    return log_head(entry.fact.kind, entry.at.isoformat(), payload, chain) + json.dumps(payload)
