"""What members own of links: those they made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from cove.engine.content.links.commands.handovers import hand_over_links, take_back_links
from cove.engine.content.links.queries import owned
from cove.kernel.actor import Actor
from cove.kernel.belongings import Belonging, HandOver, Piece, belongings
from cove.kernel.words import Words

LINKS = "links.links"


def _counts(actor: Actor, member_ids: Iterable[int]) -> Mapping[int, int]:
    return owned.owned_counts(actor, member_ids)


def _ids(actor: Actor, member_id: int, after: int, limit: int) -> Sequence[int]:
    return owned.owned_ids(actor, member_id, after=after, limit=limit)


def _pieces(actor: Actor, ids: Sequence[int]) -> Sequence[Piece]:
    names = owned.names_of(actor, ids)
    return [Piece(key, names[key], f"/attract/links/{key}") for key in ids if key in names]


def _hand_over(actor: Actor, whom: HandOver, ids: Sequence[int]) -> Mapping[int, dict[str, Any] | Words]:
    return hand_over_links(actor, whom=whom, link_ids=ids)


def _take_back(actor: Actor, whom: HandOver, changes: Mapping[int, dict[str, Any]]) -> Mapping[int, Words]:
    return take_back_links(actor, whom=whom, changes=changes)


belongings.add(
    LINKS,
    Belonging(
        key=LINKS,
        label=Words("链接", "Links"),
        columns=("links.Link.created_by",),
        counts=_counts,
        ids=_ids,
        pieces=_pieces,
        hand_over=_hand_over,
        take_back=_take_back,
    ),
)
