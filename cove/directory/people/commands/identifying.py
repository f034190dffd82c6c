"""Visitors who proved who they are, and names that are one user's. The rules stand in docs/identity.md."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from cove.directory.people.commands.contacts import admit_contact, fill_profile, join_visitor
from cove.directory.people.commands.duplicates import suspect
from cove.directory.people.commands.identities import add_identity
from cove.directory.people.contracts import Claim, Identity
from cove.directory.people.models import ContactIdentity, UserName
from cove.directory.people.permissions import KEEP_PEOPLE
from cove.directory.people.queries import families_of, leads_of, number_by_identity
from cove.directory.people.queries.names import chain_of, owners_of
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.command import command

_STRONG = "unionid"
"""A WeChat account is one person's; a phone or a mailbox may be a family's."""


@command(KEEP_PEOPLE)
def identify_user(actor: Actor, *, claim: Claim, at: datetime | None = None) -> int:
    """Find or admit the contact who a user is, give him the visitors he was, and return his number.

    He is known since `at` (now by default), when he said so: an import of old events makes old contacts, not new ones.

    Names that belong to somebody else are not taken: both are suspected to be one person.
    """
    chain = {**chain_of(claim.user_id), claim.user_id: claim.user_visitor}
    contact_id = _known(actor, claim, chain)
    if contact_id is None:
        identity = Identity("user", claim.user_id)
        contact_id = admit_contact(actor, identity=identity, source="web", at=at, profile=claim.profile)[0].id
    _give_names(actor, contact_id, chain, own=claim.user_id, at=at)
    for identity in claim.names:
        add_identity(actor, contact_id=contact_id, identity=identity)
    fill_profile(actor, contact_id=contact_id, profile=claim.profile, source="web", at=at)
    join_visitor(actor, contact_id=contact_id, visitor_id=claim.visitor_id, how="identify", at=at)
    return contact_id


@command(KEEP_PEOPLE)
def alias_users(actor: Actor, *, names: Mapping[str, int]) -> None:
    """Say that names (with the number of each as a visitor) are one user's. Once any of them is known, all are."""
    rows = {row.name: row for row in UserName.objects.select_for_update().filter(name__in=list(names)).order_by("id")}
    chains = sorted({row.chain for row in rows.values()})
    chain = chains[0] if chains else min(names.values())
    UserName.objects.bulk_create(
        UserName(name=name, visitor_id=visitor, chain=chain, at=clock.now())
        for name, visitor in names.items()
        if name not in rows
    )
    UserName.objects.filter(chain__in=chains[1:]).update(chain=chain)
    settle_chain(actor, next(iter(names)))


def settle_chain(actor: Actor, name: str) -> None:
    """Give all names of a chain to the one contact who is known by any of them; where there are several, they are suspected."""
    chain = chain_of(name)
    owners = owners_of(chain)
    if owners:
        _give_names(actor, next(iter(owners.values())), chain, own="")


def _known(actor: Actor, claim: Claim, chain: Mapping[str, int]) -> int | None:
    owners = owners_of(chain)
    if claim.user_id in owners:
        return owners[claim.user_id]
    if len(set(leads_of(actor, owners.values()).values())) == 1:
        return next(iter(owners.values()))
    for identity in sorted(claim.names, key=lambda one: one.kind != _STRONG):
        found = number_by_identity(actor, identity)
        if found is not None and (identity.kind == _STRONG or not _is_user(actor, found)):
            return found
    return None


def _is_user(actor: Actor, contact_id: int) -> bool:
    family = families_of(actor, [contact_id])[contact_id]
    return ContactIdentity.objects.filter(contact_id__in=family, kind="user").exists()


def _give_names(
    actor: Actor, contact_id: int, chain: Mapping[str, int], *, own: str, at: datetime | None = None
) -> None:
    """Give a contact the names of a chain, with the visitors; of a chain in which two contacts meet, only his `own`."""
    owners = owners_of(chain)
    leads = leads_of(actor, [contact_id, *owners.values()])
    others = {other: name for name, other in owners.items() if leads[other] != leads[contact_id]}
    for other, name in others.items():
        suspect(actor, contact_id, other, "alias", name)
    for name, visitor in chain.items():
        if name == own or not others:
            add_identity(actor, contact_id=owners.get(name, contact_id), identity=Identity("user", name))
            join_visitor(actor, contact_id=owners.get(name, contact_id), visitor_id=visitor, how="identify", at=at)
