"""Kinds of records that rights reach, so that "why can I not see this?" has an answer for each of them.

A module declares the kind beside the table, in its `models`; nobody else need know it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cove.kernel.operations import Operation
from cove.kernel.registry import Registry
from cove.kernel.words import Words

if TYPE_CHECKING:
    from django.db.models import Q, QuerySet

    from cove.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class RecordKind:
    """A kind of record; `key` is its table's name, `see` the right to see one.

    `model` has `visible_to(actor, operation)`. `holders` gives the members a row belongs to as far as an operation goes, and `holding`
    says so in words, with `{names}`. `search` gives the filter of a text, `gone` tells of a row that it was deleted.
    """

    key: str
    label: Words
    model: Any
    see: Operation
    name: Callable[[Any], str]
    holders: Callable[[Any, Operation], Collection[int]]
    holding: Words
    search: Callable[[str], Q]
    gone: Callable[[Any], bool] = lambda _row: False

    def rows(self, actor: Actor, operation: Operation) -> QuerySet[Any]:
        """Return the rows to which the actor may do `operation`."""
        found: QuerySet[Any] = self.model.visible_to(actor, operation)
        return found


record_kinds: Registry[RecordKind] = Registry("kinds of records", RecordKind)


def record_kind(kind: RecordKind) -> RecordKind:
    """Put a kind of record in the registry."""
    return record_kinds.add(kind.key, kind)


def kind_of(operation: Operation) -> RecordKind | None:
    """Return the kind of record a scoped operation is done to: the one it names, else its own module's, else None."""
    if not operation.scoped:
        return None
    if operation.of:
        return record_kinds.get(operation.of)
    return next((kind for kind in record_kinds if kind.see.module == operation.module), None)


def doable(
    actor: Actor, model: Any, row_ids: Collection[int], operations: Collection[Operation]
) -> dict[int, list[str]]:
    """Return, for each row of `model`, the keys of those `operations` that the actor may do to it: what its buttons show.

    One query for an operation that the actor holds with a narrower scope, none for the others.
    """
    found: dict[int, list[str]] = {row_id: [] for row_id in row_ids}
    for operation in operations:
        if not actor.may(operation):
            continue
        reached: Collection[int] = list(found)
        if not actor.reach(operation).everybody:
            reached = set(model.visible_to(actor, operation).filter(id__in=reached).values_list("id", flat=True))
        for row_id in reached:
            found[row_id].append(operation.key)
    return found
