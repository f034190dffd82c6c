"""What members own of people: the contacts they follow."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from cove.directory.people import queries
from cove.directory.people.commands.handovers import hand_over_contacts, take_back_contacts
from cove.directory.people.contracts import CONTACTS
from cove.kernel.actor import Actor
from cove.kernel.belongings import Belonging, HandOver, Piece, belongings
from cove.kernel.words import Words


def _counts(actor: Actor, member_ids: Iterable[int]) -> Mapping[int, int]:
    return queries.followed_counts(actor, member_ids)


def _ids(actor: Actor, member_id: int, after: int, limit: int) -> Sequence[int]:
    return queries.followed_ids(actor, member_id, after=after, limit=limit)


def _pieces(actor: Actor, ids: Sequence[int]) -> Sequence[Piece]:
    found = queries.contacts_by_id(actor, ids)
    return [Piece(key, found[key].name, f"/people/contacts/{key}") for key in ids if key in found]


def _hand_over(actor: Actor, whom: HandOver, ids: Sequence[int]) -> Mapping[int, dict[str, Any] | Words]:
    return hand_over_contacts(actor, whom=whom, contact_ids=ids)


def _take_back(actor: Actor, whom: HandOver, changes: Mapping[int, dict[str, Any]]) -> Mapping[int, Words]:
    return take_back_contacts(actor, whom=whom, changes=changes)


def _warnings(actor: Actor, member_id: int) -> Sequence[str]:
    alone = queries.followed_by_nobody_else(actor, member_id)
    words = Words("{count} 位客户没有其他跟进人", "{count} contacts are followed by nobody else")
    return [words.here({"count": alone})] if alone else []


belongings.add(
    CONTACTS,
    Belonging(
        key=CONTACTS,
        label=Words("客户", "Contacts"),
        columns=("people.Ownership.member",),
        counts=_counts,
        ids=_ids,
        pieces=_pieces,
        hand_over=_hand_over,
        take_back=_take_back,
        warnings=_warnings,
    ),
)
