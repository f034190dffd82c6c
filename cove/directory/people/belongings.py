"""What members own of people: the contacts they follow."""

from __future__ import annotations

from collections.abc import Sequence

from cove.directory.people import queries
from cove.directory.people.commands.handovers import hand_over_contacts, take_back_contacts
from cove.directory.people.contracts import CONTACTS
from cove.kernel.actor import Actor
from cove.kernel.belongings import owned_things
from cove.kernel.words import Words


def _names(actor: Actor, ids: Sequence[int]) -> dict[int, str]:
    return {key: found.name for key, found in queries.contacts_by_id(actor, ids).items()}


def _warnings(actor: Actor, member_id: int) -> Sequence[str]:
    alone = queries.followed_by_nobody_else(actor, member_id)
    words = Words("{count} 位客户没有其他跟进人", "{count} contacts are followed by nobody else")
    return [words.here({"count": alone})] if alone else []


owned_things(
    key=CONTACTS,
    label=Words("客户", "Contacts"),
    columns=("people.Ownership.member",),
    counts=queries.followed_counts,
    ids=queries.followed_ids,
    names=_names,
    page="/people/contacts",
    hand_over=lambda actor, whom, ids: hand_over_contacts(actor, whom=whom, contact_ids=ids),
    take_back=take_back_contacts,
    warnings=_warnings,
)
