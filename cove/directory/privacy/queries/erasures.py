from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from django.db.models import QuerySet

from cove.directory.people import facade as people
from cove.directory.people.contracts import Identity, IdentityKind
from cove.directory.privacy.models import DataFile, Erasure, Tombstone
from cove.directory.privacy.permissions import ERASE_PERSON, MANAGE_PRIVACY, SEE_CONSENTS
from cove.directory.privacy.queries.consents import reach_or_refuse
from cove.directory.privacy.queries.digests import digest
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.errors import NotFound
from cove.kernel.log.fact import Envelope
from cove.kernel.log.forget import disguised
from cove.kernel.personal_data import Holder, holders
from cove.kernel.scope import every_tenant

OPEN = (Erasure.State.WAITING, Erasure.State.RUNNING)
_NUMBERED = {"contact", "visitor"}


@dataclass(frozen=True, slots=True)
class Held:
    """How many records of a person one holder has."""

    holder: Holder
    count: int


def preview(actor: Actor, contact_id: int) -> list[Held]:
    """Return what an erasure would remove, holder by holder. Raises Forbidden, NotFound."""
    reach_or_refuse(actor, contact_id, ERASE_PERSON)
    person = people.person_of(actor, contact_id)
    return [Held(holder, holder.count(actor, person)) for holder in holders]


def erasures(actor: Actor) -> QuerySet[Erasure]:
    """Return the tenant's erasures. Raises Forbidden."""
    actor.require(MANAGE_PRIVACY)
    return Erasure.objects.filter(tenant_id=actor.tenant_id).select_related("contact")


def open_erasure(actor: Actor, contact_id: int) -> Erasure | None:
    """Return the erasure of a contact that waits or is under way, or None. Raises Forbidden, NotFound."""
    family = reach_or_refuse(actor, contact_id, SEE_CONSENTS)
    return Erasure.objects.filter(contact_id__in=family, state__in=OPEN).first()


def data_files(actor: Actor, contact_id: int) -> QuerySet[DataFile]:
    """Return the files of a contact's data that have not expired, newest first. Raises Forbidden, NotFound."""
    family = reach_or_refuse(actor, contact_id, SEE_CONSENTS)
    return DataFile.objects.filter(contact_id__in=family, expires_at__gt=clock.now()).order_by("-id")


def data_file(actor: Actor, contact_id: int, data_file_id: int) -> DataFile:
    """Return one file of a contact's data; raises Forbidden, NotFound."""
    found = data_files(actor, contact_id).filter(id=data_file_id).first()
    if found is None:
        raise NotFound
    return found


def due() -> list[tuple[int, int]]:
    """Return (tenant, erasure) of all that must begin or go on now, those waiting longest first."""
    with every_tenant("erasures whose grace is over are found"):
        rows = Erasure.unsealed.filter(state__in=OPEN, due_at__lte=clock.now()).order_by("due_at", "id")
        return list(rows.values_list("tenant_id", "id"))


def erased(tenant_id: int, kind: str, values: Iterable[str | int]) -> set[str]:
    """Return those of the values by which an erased person of the bound tenant was known, as texts."""
    digests = {digest(tenant_id, kind, value): str(value) for value in set(values)}
    found = Tombstone.objects.filter(tenant_id=tenant_id, digest__in=list(digests)).values_list("digest", flat=True)
    return {digests[one] for one in found}


def tenants_with_erased() -> list[int]:
    """Return the tenants that have erased anybody."""
    with every_tenant("the shipping of the log looks closely at the facts of tenants that have erased somebody"):
        return list(Tombstone.unsealed.values_list("tenant_id", flat=True).distinct())


def any_erased(tenant_id: int, contact_ids: Iterable[int], visitor_ids: Iterable[int]) -> bool:
    """Tell whether one of these contacts and visitors of the bound tenant is erased."""
    return bool(erased(tenant_id, "contact", contact_ids) or erased(tenant_id, "visitor", visitor_ids))


def late_facts(tenant_id: int, envelopes: Iterable[Envelope]) -> dict[int, Envelope]:
    """Return, by position, those of the facts that are about somebody who is erased, made some anonymous visitor's.

    What a visitor does without a name is his contact's; what is told of a contact is that contact's alone, also where a visitor is named.
    """
    if not Tombstone.objects.filter(tenant_id=tenant_id).exists():
        return {}
    told = list(envelopes)
    contacts = erased(tenant_id, "contact", {one.contact_id for one in told if one.contact_id is not None})
    alone = {one.visitor_id for one in told if one.contact_id is None and one.visitor_id is not None}
    visitors = erased(tenant_id, "visitor", alone)
    found = {}
    for one in told:
        gone = str(one.contact_id) in contacts or (one.contact_id is None and str(one.visitor_id) in visitors)
        if gone:
            found[one.position] = disguised(one, visitor=secrets.randbits(63))
    return found


def late_names(tenant_id: int, envelopes: Iterable[Envelope]) -> set[tuple[str, str]]:
    """Return by which identities (kind, value) people who are erased are named in facts of nobody, such as a platform's callbacks.

    Whoever came back meanwhile is a contact again: what names him is about him as he is now.
    """
    kinds = set(Tombstone.objects.filter(tenant_id=tenant_id).values_list("kind", flat=True).distinct())
    nobodys = [one for one in envelopes if one.contact_id is None and one.visitor_id is None]
    texts = {text for one in nobodys for text in _texts(one.payload)} if kinds - _NUMBERED else set()
    found = {(kind, value) for kind in kinds - _NUMBERED for value in erased(tenant_id, kind, texts)}
    return {one for one in found if not is_known(tenant_id, *one)}


def is_known(tenant_id: int, kind: str, value: str) -> bool:
    """Tell whether a contact of the tenant is known by an identity."""
    return people.contact_by_identity(Actor.system(tenant_id), Identity(cast("IdentityKind", kind), value)) is not None


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        if value:
            yield value
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _texts(one)


def holders_in_order(stage: str) -> Sequence[Holder]:
    """Return the holders of one stage of an erasure."""
    return [holder for holder in holders if holder.stage == stage]


def certificate(row: Erasure) -> Mapping[str, int]:
    """Return how many records went, by holder, in the order in which they are declared; holders that are gone come last."""
    known = [holder.key for holder in holders if holder.key in row.counts]
    return {key: row.counts[key] for key in [*known, *(key for key in row.counts if key not in known)]}
