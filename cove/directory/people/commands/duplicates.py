"""Two contacts who may be one person: written down, never joined by itself."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q

from cove.directory.people.contracts import REASONS
from cove.directory.people.models import Contact, SuspectedDuplicate
from cove.directory.people.permissions import MERGE_CONTACTS
from cove.directory.people.queries import families_of
from cove.directory.people.queries.duplicates import duplicate
from cove.directory.people.queries.names import matching
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.command import command

MOST_ALIKE = 20
"""A switchboard's number stands in many profiles: that many of them are told, the newest."""


def suspect(actor: Actor, contact_id: int, other_id: int, reason: str, value: str = "") -> None:
    """Write down, within the caller's command, that two contacts may be one person, and by which name (`value`) they met.

    `reason` is a key of REASONS. What members have decided stays decided until another reason comes.
    """
    if reason not in REASONS:
        raise KeyError(reason)
    families = families_of(actor, [contact_id, other_id])
    if len(families) < 2 or families[contact_id] == families[other_id]:  # noqa: PLR2004 -- two people
        return
    now = clock.now()
    one, other = sorted((contact_id, other_id))
    row, _ = SuspectedDuplicate.objects.select_for_update().get_or_create(
        one_id=one, other_id=other, defaults={"first_at": now, "last_at": now, "told": False}
    )
    if any((said["kind"], said["value"]) == (reason, value) for said in row.reasons):
        return
    row.reasons = [*row.reasons, {"kind": reason, "value": value, "at": now.isoformat()}]
    row.last_at, row.state, row.decided_at, row.decided_by = now, SuspectedDuplicate.State.OPEN, None, None
    row.save()
    settle_told([*families[contact_id], *families[other_id]])


def suspect_alike(actor: Actor, contact: Contact) -> None:
    """Write down who has the same phone or e-mail as a contact, in his profile or as an identity."""
    for kind, value in (("phone", contact.phone), ("email", contact.email)):
        if value:
            for other_id in matching(actor, kind, value, without=contact.id, most=MOST_ALIKE):
                suspect(actor, contact.id, other_id, kind, value)


def settle_told(contact_ids: Iterable[int]) -> None:
    """Let each two contacts who stay stand in the list once: `contact_ids` are all numbers of those of whom something changed."""
    ids = list(contact_ids)
    rows = SuspectedDuplicate.objects.select_related("one", "other").filter(Q(one_id__in=ids) | Q(other_id__in=ids))
    seen: set[frozenset[int]] = set()
    for row in rows.filter(state=SuspectedDuplicate.State.OPEN).order_by("-last_at", "-id"):
        pair = frozenset((row.one.stays.id, row.other.stays.id))
        told = len(pair) == 2 and pair not in seen  # noqa: PLR2004 -- two people
        seen.add(pair)
        if row.told != told:
            SuspectedDuplicate.objects.filter(id=row.id).update(told=told)


@command(MERGE_CONTACTS)
def tell_apart(actor: Actor, *, duplicate_id: int) -> None:
    """Say that two contacts are not the same person: nobody is asked about them again for the same reasons. Raises NotFound."""
    row = duplicate(actor, duplicate_id)
    ones = families_of(actor, [row.one_id, row.other_id])
    pair = Q(one_id__in=ones[row.one_id], other_id__in=ones[row.other_id])
    back = Q(one_id__in=ones[row.other_id], other_id__in=ones[row.one_id])
    SuspectedDuplicate.objects.filter(pair | back, state=SuspectedDuplicate.State.OPEN).update(
        state=SuspectedDuplicate.State.DIFFERENT, decided_at=clock.now(), decided_by=actor.member_id
    )
