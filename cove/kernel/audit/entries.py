"""Entries on their way into the log: opened by commands, told to the database, written in one statement before the commit."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.origin import Origin, current_origin

COLUMNS = (
    "deed text, command text, operation text, outcome text, at timestamptz, actor_kind text, member_id bigint, key_id bigint, "
    "acting_for bigint, record_kind text, record_id bigint, record_ids bigint[], door text, address text, agent text, "
    'request_id text, path text, session_id bigint, chain jsonb, "inner" text[], details jsonb'
)
_NAMES = [column.split()[0] for column in COLUMNS.split(", ")]

INSERT_ENTRIES = f"""
INSERT INTO audit_entry (id, tenant_id, {", ".join(_NAMES)})
SELECT COALESCE(r.id, nextval('audit_entry_id_seq')), %s, {", ".join(f"r.{name}" for name in _NAMES)}
FROM jsonb_to_recordset(%s::jsonb) AS r(id bigint, {COLUMNS})
"""  # noqa: S608 -- names written above
"""Parameters: the tenant, and a JSON array of `Entry.row`s."""


@dataclass(slots=True)
class Entry:
    """One deed that is being done. `id` is given by the database with the first statement that writes."""

    actor: Actor
    deed: str
    command: str = ""
    operation: str = ""
    outcome: str = "done"
    id: int | None = None
    record: tuple[str, int] | None = None
    records: tuple[str, list[int]] | None = None
    inner: list[str] = field(default_factory=list)
    details: dict[str, Any] = field(default_factory=dict)
    told: bool = False
    at: datetime = field(default_factory=clock.now)
    origin: Origin = field(default_factory=current_origin)

    @property
    def matters(self) -> bool:
        """Tell whether it must be kept: what people do always, what Cove does by itself when it wrote or told something."""
        return self.actor.kind != "system" or self.id is not None or self.told

    def row(self) -> dict[str, Any]:
        """Return the entry as `INSERT_ENTRIES` takes it."""
        actor, origin = self.actor, self.origin
        kind, row_id = self.record or (self.records[0] if self.records else "", None)
        return {
            "id": self.id,
            "at": self.at.isoformat(),
            "deed": self.deed,
            "command": self.command,
            "operation": self.operation,
            "outcome": self.outcome,
            "actor_kind": actor.kind,
            "member_id": actor.member_id,
            "key_id": actor.key_id,
            # A key does what the member who made it lets it do.
            "acting_for": actor.member_id if actor.kind == "key" else None,
            "record_kind": kind,
            "record_id": row_id,
            "record_ids": self.records[1] if self.records else None,
            "door": origin.door,
            "address": origin.address,
            "agent": origin.agent,
            "request_id": origin.request_id,
            "path": origin.path,
            "session_id": origin.session_id,
            "chain": [asdict(link) for link in actor.chain],
            "inner": self.inner,
            "details": self.details,
        }


_open: ContextVar[Entry | None] = ContextVar("cove_audit_entry", default=None)


def open_entry() -> Entry | None:
    """Return the entry to which changes belong here, or None."""
    return _open.get()


@contextmanager
def entering(entry: Entry | None) -> Iterator[None]:
    """Let changes inside the block belong to `entry`; with None, to nobody."""
    token = _open.set(entry)
    try:
        yield
    finally:
        _open.reset(token)


def insert_parameters(entries: Iterable[Entry]) -> Iterator[tuple[int, str]]:
    """Give the parameters of `INSERT_ENTRIES`, one set for each tenant."""
    of_tenant: dict[int, list[dict[str, Any]]] = {}
    for entry in entries:
        of_tenant.setdefault(entry.actor.tenant_id, []).append(entry.row())
    for tenant_id, rows in of_tenant.items():
        yield tenant_id, json.dumps(rows, default=str)
