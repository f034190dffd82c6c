"""Writing the audit log: commands by themselves, everything else by `note`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, cast

from django.db import connection, models, transaction

from cove.kernel.actor import Actor
from cove.kernel.audit.deeds import COMMAND, EXPORT, READ, Deed
from cove.kernel.audit.entries import Entry, entering, open_entry
from cove.kernel.database.base import DatabaseWrapper
from cove.kernel.records import kinds_by_argument, models_by_kind
from cove.kernel.scope import tenant_scope

PEOPLE = ("member", "key")
"""Kinds of actors whose refusals are noted: a visitor has no rights that he could overstep."""


@dataclass(frozen=True, slots=True)
class _Command:
    """A command as the log sees it: with an entry of its own, as part of another's, or not at all."""

    name: str
    own: Entry | None
    outer: Entry | None

    def ended(self, result: object, arguments: Mapping[str, object], facts: Sequence[object]) -> None:
        """Note what the command was about. One inside another is named there."""
        if self.own is not None:
            self.own.record = self.own.record or _main_record(result, arguments, facts)
            self.own.told = self.own.told or bool(facts)
        elif self.outer is not None:
            self.outer.told = self.outer.told or bool(facts)
            if self.name not in self.outer.inner:
                self.outer.inner.append(self.name)


@contextmanager
def enter_command(actor: Actor, name: str, operation: str | None) -> Iterator[_Command]:
    """Open an entry for a command within its transaction; `operation` is None for one that is not audited.

    A command inside another belongs to that one's entry, unless it works in another tenant.
    """
    outer = open_entry()
    if outer is not None and outer.actor.tenant_id == actor.tenant_id:
        yield _Command(name, None, outer)
        return
    own = Entry(actor, COMMAND.key, command=name, operation=operation) if operation else None
    with entering(own):
        yield _Command(name, own, None)
    if own is not None and own.matters:
        _keep(own)


def about(row: models.Model) -> None:
    """Say which record the running command is about, where neither its result nor its arguments tell; outside of one nothing happens."""
    entry = open_entry()
    if entry is not None:
        entry.record = (row._meta.db_table, int(row.pk))  # noqa: SLF001 -- Django's documented Meta API


def add_details(**details: Any) -> None:
    """Add JSON values that explain the running command, such as a filter or a count; outside of one nothing happens."""
    entry = open_entry()
    if entry is not None:
        entry.details.update(details)


def note(
    actor: Actor,
    deed: Deed,
    *,
    record: tuple[str, int] | None = None,
    records: tuple[str, Sequence[int]] | None = None,
    outcome: str = "done",
    details: Mapping[str, Any] | None = None,
) -> None:
    """Write one entry about what is no command, with the current transaction or in one of its own.

    `record` is (table, id) of what it was about, `records` (table, ids) of several; `outcome` done, refused or failed.
    """
    entry = Entry(actor, deed.key, outcome=outcome, record=record, details=dict(details or {}))
    if records is not None:
        entry.records = (records[0], sorted(records[1]))
    with tenant_scope(actor.tenant_id), transaction.atomic():
        _keep(entry)


def note_export(actor: Actor, *, what: str, filter: Mapping[str, Any], count: int, fields: Sequence[str]) -> None:  # noqa: A002 -- the word for it
    """Note that `count` records of kind `what` (a table's name) left the house: which were chosen, and which fields of them."""
    entry = Entry(actor, EXPORT.key, details={"filter": dict(filter), "count": count, "fields": list(fields)})
    entry.records = (what, [])
    with tenant_scope(actor.tenant_id), transaction.atomic():
        _keep(entry)


def note_refusal(actor: Actor, *, operation: str, command: str = "") -> None:
    """Note that a person was refused for want of a right, in a transaction of its own: what he tried is undone."""
    if actor.kind not in PEOPLE:
        return
    entry = Entry(actor, COMMAND.key, command=command, operation=operation, outcome="refused")
    with tenant_scope(actor.tenant_id), transaction.atomic():
        _keep(entry)


def note_reading(actor: Actor, shown: Iterable[tuple[str, int, str]]) -> None:
    """Note which sensitive fields of which records an answer showed whole (record kind, id, field key): one entry a kind."""
    kinds: dict[str, tuple[set[int], set[str]]] = {}
    for kind, row_id, key in shown:
        ids, keys = kinds.setdefault(kind, (set(), set()))
        ids.add(row_id)
        keys.add(key)
    with tenant_scope(actor.tenant_id), transaction.atomic():
        for kind, (ids, keys) in kinds.items():
            entry = Entry(actor, READ.key, details={"fields": sorted(keys)})
            if len(ids) == 1:
                entry.record = (kind, next(iter(ids)))
            else:
                entry.records = (kind, sorted(ids))
            _keep(entry)


def _keep(entry: Entry) -> None:
    # In autocommit nothing would ever commit what waits.
    if not connection.in_atomic_block:
        raise RuntimeError("an audit entry is written with a transaction")
    cast("DatabaseWrapper", connection).keep_entry(entry)


def _main_record(result: object, arguments: Mapping[str, object], facts: Sequence[object]) -> tuple[str, int] | None:
    for one in result if isinstance(result, tuple) else (result,):
        if isinstance(one, models.Model) and one.pk and not getattr(one, "unaudited", ""):
            return one._meta.db_table, int(one.pk)  # noqa: SLF001 -- Django's documented Meta API
    named = kinds_by_argument()
    for name, value in arguments.items():
        if name in named and isinstance(value, int):
            return named[name], value
    for carrier in (*arguments.values(), *facts):
        row_id = getattr(carrier, "contact_id", None)
        if isinstance(row_id, int) and "contact_id" in named:
            return named["contact_id"], row_id
    return None


def record_kinds() -> list[str]:
    """Return the kinds of records the log may tell of."""
    return sorted(kind for kind, model in models_by_kind().items() if not getattr(model, "unaudited", ""))
