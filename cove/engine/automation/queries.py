from __future__ import annotations

from django.db.models import QuerySet

from cove.directory.people import facade as people
from cove.engine.automation.models import Act
from cove.engine.automation.permissions import SEE_ACTS
from cove.kernel.actor import Actor
from cove.kernel.errors import NotFound


def acts(actor: Actor, contact_id: int) -> QuerySet[Act]:
    """Return what automation did to a contact and what it did not; raises NotFound for one the actor may not see."""
    actor.require(SEE_ACTS)
    if not people.reachable(actor, [contact_id], SEE_ACTS):
        raise NotFound
    return Act.objects.filter(contact_id=contact_id)
