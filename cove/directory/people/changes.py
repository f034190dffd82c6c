"""Updating many contacts as a change of many rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cove.directory.org import facade as org
from cove.directory.people.commands.many import UPDATE, ManyChange, change_contacts, change_contacts_back
from cove.directory.people.contracts import CONTACTS
from cove.directory.people.permissions import UPDATE_MANY
from cove.directory.people.queries import Selection, contacts_by_id, selected
from cove.kernel.actor import Actor
from cove.kernel.belongings import Piece
from cove.kernel.changesets.kind import ChangeKind, Planned, change_kinds
from cove.kernel.changesets.models import ChangeItem, ChangeSet
from cove.kernel.words import Words


def _parts(row: ChangeSet) -> Sequence[str]:
    return [CONTACTS]


def _plan(actor: Actor, row: ChangeSet, part: str, after: int, taken: int, limit: int) -> Sequence[Planned]:
    rows = selected(_asker(actor, row), Selection.read(row.arguments["selection"]), UPDATE_MANY)
    target = row.arguments["change"]["owner_id"]
    found = rows.filter(id__gt=after).order_by("id").values_list("id", flat=True)[:limit]
    return [Planned(key, target) for key in found]


def _carry_out(
    actor: Actor, row: ChangeSet, part: str, items: Sequence[ChangeItem]
) -> Mapping[int, dict[str, Any] | Words]:
    return change_contacts(
        actor,
        asker=_asker(actor, row),
        number=row.id,
        wanted=ManyChange.read(row.arguments["change"]),
        contact_ids=[one.subject_id for one in items],
    )


def _take_back(actor: Actor, row: ChangeSet, part: str, items: Sequence[ChangeItem]) -> Mapping[int, Words]:
    return change_contacts_back(actor, changes={one.subject_id: one.change or {} for one in items})


def _pieces(actor: Actor, part: str, ids: Sequence[int]) -> Sequence[Piece]:
    found = contacts_by_id(actor, ids)
    return [Piece(key, found[key].name, f"/people/contacts/{key}") for key in ids if key in found]


def _asker(actor: Actor, row: ChangeSet) -> Actor:
    # Each piece asks anew what he may: a right that was taken from him meanwhile holds from then on.
    return org.actor_of(actor, row.made_by) if row.made_by else actor


change_kinds.add(
    UPDATE,
    ChangeKind(
        UPDATE, Words("批量更新客户", "Update of contacts"), UPDATE_MANY, _parts, _plan, _carry_out, _take_back, _pieces
    ),
)
