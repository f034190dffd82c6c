"""Kinds of changes: declared by modules in their `changes` room."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cove.kernel.actor import Actor
from cove.kernel.belongings import Piece
from cove.kernel.operations import Operation
from cove.kernel.registry import Registry
from cove.kernel.words import Words

if TYPE_CHECKING:
    from cove.kernel.changesets.models import ChangeItem, ChangeSet


@dataclass(frozen=True, slots=True)
class Planned:
    """A row that is to be changed, and to whom it goes if it goes to somebody."""

    subject_id: int
    target_id: int | None = None


@dataclass(frozen=True, slots=True)
class ChangeKind:
    """How a change of many rows is carried out, ``module.verb_noun``. All are called with the system actor, in pieces.

    `parts` names what it consists of. `plan(actor, change_set, part, after, taken, limit)` gives the next rows of a part after the
    subject `after`, in the order of ids, `taken` of them being planned already; nothing ends the part. `carry_out(actor, change_set,
    part, items)` changes them within a command and returns for each subject what undoing needs, or why it stayed. `take_back` returns
    the conflicts by subject. `finished(actor, change_set)` is called once in the end, in the transaction of the last piece.
    """

    key: str
    label: Words
    operation: Operation
    parts: Callable[[ChangeSet], Sequence[str]]
    plan: Callable[[Actor, ChangeSet, str, int, int, int], Sequence[Planned]]
    carry_out: Callable[[Actor, ChangeSet, str, Sequence[ChangeItem]], Mapping[int, dict[str, Any] | Words]]
    take_back: Callable[[Actor, ChangeSet, str, Sequence[ChangeItem]], Mapping[int, Words]]
    pieces: Callable[[Actor, str, Sequence[int]], Sequence[Piece]]
    finished: Callable[[Actor, ChangeSet], None] = lambda _actor, _change_set: None


change_kinds: Registry[ChangeKind] = Registry("kinds of changes", ChangeKind)
