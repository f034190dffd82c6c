from __future__ import annotations

from django.db.models import Q, QuerySet

from cove.directory.people import facade as people
from cove.engine.content.links.models import Recipient
from cove.engine.content.links.queries.links import link, personal_url
from cove.kernel.actor import Actor
from cove.kernel.errors import NotFound


def recipients(actor: Actor, link_id: int) -> QuerySet[Recipient]:
    """Return the contacts within the actor's reach who followed the link that was sent to them. Raises Forbidden, NotFound."""
    found = link(actor, link_id)
    seen = people.contact_ids(actor, Q())
    rows = Recipient.objects.filter(tenant_id=actor.tenant_id, link_id=found.id, contact_id__in=seen)
    return rows.select_related("contact")


def personal_link(actor: Actor, link_id: int, contact_id: int) -> str:
    """Return the link as it is sent to one contact. Raises Forbidden, NotFound for a link or contact out of reach."""
    found = link(actor, link_id)
    if contact_id not in people.contacts_by_id(actor, [contact_id]):
        raise NotFound
    return personal_url(found, contact_id)
