from __future__ import annotations

from django.db.models import Q, QuerySet

from cove.directory.people.models import Contact, SuspectedDuplicate
from cove.directory.people.permissions import MERGE_CONTACTS
from cove.kernel.actor import Actor
from cove.kernel.errors import NotFound


def duplicates(actor: Actor) -> QuerySet[SuspectedDuplicate]:
    """Return the pairs of contacts who may be one person, both of whom the actor may merge. Raises Forbidden."""
    actor.require(MERGE_CONTACTS)
    rows = SuspectedDuplicate.visible_to(actor).filter(state=SuspectedDuplicate.State.OPEN, told=True)
    return rows.select_related("one", "other")


def duplicates_of(actor: Actor, contact: Contact) -> int:
    """Return how many others are suspected to be a contact whose `merged` are at hand; 0 without the right to merge."""
    if not actor.may(MERGE_CONTACTS):
        return 0
    numbers = [contact.id, *(one.id for one in contact.merged.all())]
    return duplicates(actor).filter(Q(one_id__in=numbers) | Q(other_id__in=numbers)).count()


def duplicate(actor: Actor, duplicate_id: int) -> SuspectedDuplicate:
    """Return one pair. Raises Forbidden, NotFound."""
    found = duplicates(actor).filter(id=duplicate_id).first()
    if found is None:
        raise NotFound
    return found
