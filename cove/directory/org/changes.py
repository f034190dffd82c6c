"""The hand-over as a change of many rows: its parts are the kinds of belongings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from cove.directory.org.commands.handovers import tell_handed_over
from cove.directory.org.permissions import HAND_OVER
from cove.directory.org.queries.handovers import KIND, shares_of, turns
from cove.kernel.actor import Actor
from cove.kernel.belongings import HandOver, Piece, belongings
from cove.kernel.changesets.kind import ChangeKind, Planned, change_kinds
from cove.kernel.changesets.models import ChangeItem, ChangeSet
from cove.kernel.words import Words


def _parts(row: ChangeSet) -> Sequence[str]:
    return [str(key) for key in row.arguments["kinds"]]


def _plan(actor: Actor, row: ChangeSet, part: str, after: int, taken: int, limit: int) -> Sequence[Planned]:
    cycle = turns(shares_of(row.arguments))
    ids = belongings[part].ids(actor, row.about_id or 0, after, limit)
    return [Planned(key, cycle[(taken + number) % len(cycle)]) for number, key in enumerate(ids)]


def _carry_out(
    actor: Actor, row: ChangeSet, part: str, items: Sequence[ChangeItem]
) -> Mapping[int, dict[str, Any] | Words]:
    outcomes: dict[int, dict[str, Any] | Words] = {}
    for whom, ids in _by_successor(row, items):
        outcomes.update(belongings[part].hand_over(actor, whom, list(ids)))
    return outcomes


def _take_back(actor: Actor, row: ChangeSet, part: str, items: Sequence[ChangeItem]) -> Mapping[int, Words]:
    conflicts: dict[int, Words] = {}
    for whom, changes in _by_successor(row, items):
        conflicts.update(belongings[part].take_back(actor, whom, changes))
    return conflicts


def _by_successor(row: ChangeSet, items: Sequence[ChangeItem]) -> list[tuple[HandOver, dict[int, dict[str, Any]]]]:
    found: dict[int, dict[int, dict[str, Any]]] = defaultdict(dict)
    for one in items:
        found[one.target_id or 0][one.subject_id] = one.change or {}
    why = str(row.arguments.get("why", ""))
    return [(HandOver(row.id, row.about_id or 0, to_id, why), changes) for to_id, changes in sorted(found.items())]


def _pieces(actor: Actor, part: str, ids: Sequence[int]) -> Sequence[Piece]:
    kind = belongings.get(part)
    return kind.pieces(actor, ids) if kind else ()


def _finished(actor: Actor, row: ChangeSet) -> None:
    tell_handed_over(actor, change_set=row)


change_kinds.add(
    KIND,
    ChangeKind(
        KIND, Words("员工交接", "Hand-over"), HAND_OVER, _parts, _plan, _carry_out, _take_back, _pieces, _finished
    ),
)
