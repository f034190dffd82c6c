"""Who is looking."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from cove.directory.people import facade as people
from cove.engine.timeline.models import Watch
from cove.kernel import clock
from cove.kernel.actor import Actor


def watched(actor: Actor) -> set[int]:
    """Return the contacts whose timeline somebody has open: one small question, and mostly nobody."""
    open_now = Watch.objects.filter(tenant_id=actor.tenant_id, until__gt=clock.now())
    return set(open_now.values_list("contact_id", flat=True))


def news_of(
    actor: Actor, contacts: set[int], by_contact: Mapping[int, datetime], by_visitor: Mapping[int, datetime]
) -> dict[int, datetime]:
    """Return for those of the contacts of whom there is something new the time of its earliest fact.

    What is told of one number of a person is news of all of them: of the one that stays, and of one whose page was open when he was merged.
    """
    known = people.contacts_of_visitors(actor, by_visitor) if by_visitor else {}
    leads = people.leads_of(actor, {*contacts, *by_contact})
    told = [(leads.get(one), at) for one, at in by_contact.items()]
    earliest: dict[int | None, datetime] = {}
    for lead, at in [*told, *((known.get(one), at) for one, at in by_visitor.items())]:
        earliest[lead] = min(at, earliest.get(lead, at))
    return {one: earliest[leads[one]] for one in contacts if one in leads and leads[one] in earliest}
