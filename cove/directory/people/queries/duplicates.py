from __future__ import annotations

from django.db.models import QuerySet

from cove.directory.people.models import Contact, SuspectedDuplicate
from cove.directory.people.permissions import MERGE_CONTACTS
from cove.kernel.actor import Actor
from cove.kernel.errors import NotFound


def duplicates(actor: Actor) -> QuerySet[SuspectedDuplicate]:
    """Return the pairs of contacts who may be one person, both of whom the actor may merge. Raises Forbidden."""
    actor.require(MERGE_CONTACTS)
    rows = SuspectedDuplicate.objects.filter(
        tenant_id=actor.tenant_id, state=SuspectedDuplicate.State.OPEN, told=True
    ).select_related("one", "other")
    if actor.reach(MERGE_CONTACTS).everybody:
        return rows
    theirs = Contact.leading_to(actor, MERGE_CONTACTS).values("id")
    return rows.filter(one_id__in=theirs, other_id__in=theirs)


def duplicate(actor: Actor, duplicate_id: int) -> SuspectedDuplicate:
    """Return one pair. Raises Forbidden, NotFound."""
    found = duplicates(actor).filter(id=duplicate_id).first()
    if found is None:
        raise NotFound
    return found
