"""Belongings: what a member can own, declared by each module so that all of it can be handed over in one transfer, and taken back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from cove.kernel.actor import Actor
from cove.kernel.registry import Registry
from cove.kernel.words import Words


@dataclass(frozen=True, slots=True)
class Piece:
    """One thing somebody owns, as a preview names it; `url` is its page in the console."""

    id: int
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class HandOver:
    """From whom to whom, and why; `number` is the change set's."""

    number: int
    from_id: int
    to_id: int
    reason: str


@dataclass(frozen=True, slots=True)
class Belonging:
    """A kind of thing that members own, ``module.nouns``; declared in a module's `belongings` room.

    `columns` are the foreign keys to a member that it answers for, ``label.Model.field``.
    `counts` gives for each of these members how many he owns; `ids` gives the next things of one member after an id, in the order of ids;
    `pieces` names things. `hand_over` passes things on, set-based and within a command, and returns for each what it changed, or the
    reason for which it stayed. `take_back` gets what was changed and undoes it; it returns the conflicts: whatever somebody changed since
    then stays as it is. `warnings` says what would be left without anybody if nothing of it were handed over.
    """

    key: str
    label: Words
    columns: tuple[str, ...]
    counts: Callable[[Actor, Iterable[int]], Mapping[int, int]]
    ids: Callable[[Actor, int, int, int], Sequence[int]]
    pieces: Callable[[Actor, Sequence[int]], Sequence[Piece]]
    hand_over: Callable[[Actor, HandOver, Sequence[int]], Mapping[int, dict[str, Any] | Words]]
    take_back: Callable[[Actor, HandOver, Mapping[int, dict[str, Any]]], Mapping[int, Words]]
    warnings: Callable[[Actor, int], Sequence[str]] = lambda _actor, _member_id: ()


class NextIds(Protocol):
    """The next things of one member after an id, in the order of ids."""

    def __call__(self, actor: Actor, member_id: int, /, *, after: int, limit: int) -> Sequence[int]:
        """Return at most `limit` ids above `after`."""


class TakeBack(Protocol):
    """What undoes a hand-over and returns the conflicts, usually a command."""

    def __call__(
        self, actor: Actor, /, *, whom: HandOver, changes: Mapping[int, dict[str, Any]]
    ) -> Mapping[int, Words]:
        """Undo what `changes` says of each thing; return why some of them stay."""


def owned_things(  # noqa: PLR0913 -- what a module says of its things, each by its name
    *,
    key: str,
    label: Words,
    columns: tuple[str, ...],
    counts: Callable[[Actor, Iterable[int]], Mapping[int, int]],
    ids: NextIds,
    names: Callable[[Actor, Sequence[int]], Mapping[int, str]],
    page: str,
    hand_over: Callable[[Actor, HandOver, Sequence[int]], Mapping[int, dict[str, Any] | Words]],
    take_back: TakeBack,
    warnings: Callable[[Actor, int], Sequence[str]] = lambda _actor, _member_id: (),
) -> Belonging:
    """Declare things that have a name and a page of their own, out of a module's queries and commands as they are.

    `names` leaves out what is gone; a thing's page is `page` and its id.
    """

    def pieces(actor: Actor, wanted: Sequence[int]) -> Sequence[Piece]:
        found = names(actor, wanted)
        return [Piece(one, found[one], f"{page}/{one}") for one in wanted if one in found]

    return belongings.add(
        key,
        Belonging(
            key=key,
            label=label,
            columns=columns,
            counts=counts,
            ids=lambda actor, member_id, after, limit: ids(actor, member_id, after=after, limit=limit),
            pieces=pieces,
            hand_over=hand_over,
            take_back=lambda actor, whom, changes: take_back(actor, whom=whom, changes=changes),
            warnings=warnings,
        ),
    )


belongings: Registry[Belonging] = Registry("belongings", Belonging)
