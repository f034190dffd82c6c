"""Sweeping what names an erased person after he is gone: an erasure of its own, of an identity without a contact."""

from __future__ import annotations

from datetime import timedelta

from cove.directory.privacy.models import Erasure
from cove.directory.privacy.permissions import KEEP_PRIVACY
from cove.directory.privacy.queries.erasures import OPEN, is_known
from cove.directory.privacy.queries.sealing import open_person, seal_person
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.command import command
from cove.kernel.log.forget import all_have_seen
from cove.kernel.log.reactions import consumers
from cove.kernel.personal_data import Person

GRACE = timedelta(minutes=10)
"""A late callback may be the first word of somebody who comes back: whoever takes it must have had the time to."""


@command(KEEP_PRIVACY)
def plan_sweep(actor: Actor, *, kind: str, value: str) -> None:
    """Write down that what came late about an erased identity will be removed, once however often it comes meanwhile."""
    waiting = Erasure.objects.filter(state=Erasure.State.WAITING, contact=None).exclude(sealed_person="")
    if any(open_person(row.sealed_person).identities == ((kind, value),) for row in waiting):
        return
    person = Person(contact_id=0, identities=((kind, value),), texts=(value,))
    now = clock.now()
    Erasure.objects.create(asked_at=now, due_at=now + GRACE, sealed_person=seal_person(person))


def late_person(actor: Actor, row: Erasure) -> Person | None:
    """Return whom a sweep that is due is about; None while somebody has not seen yet what came late.

    A sweep about somebody who came back is dropped: what names him is about him as he is now.
    """
    if row.state not in OPEN:
        return None
    person = open_person(row.sealed_person)
    if any(is_known(actor.tenant_id, kind, value) for kind, value in person.identities):
        row.delete()
        return None
    seen = all_have_seen(consumers(), tenant_id=actor.tenant_id, until=row.asked_at)
    return person if seen else None
