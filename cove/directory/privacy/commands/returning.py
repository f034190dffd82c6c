"""Somebody who was erased and came back."""

from __future__ import annotations

from cove.directory.privacy.models import Tombstone
from cove.directory.privacy.permissions import KEEP_PRIVACY
from cove.directory.privacy.queries.digests import digest
from cove.directory.privacy.queries.erasures import erased
from cove.facts.privacy import ErasedPersonReturned
from cove.kernel.actor import Actor
from cove.kernel.command import command, publish


@command(KEEP_PRIVACY)
def greet_returned(actor: Actor, *, contact_id: int, kind: str, value: str, source: str) -> bool:
    """Say that a new contact was erased before, if he was: he is recognised by his identity alone, and has no history."""
    if not erased(actor.tenant_id, kind, [value]):
        return False
    publish(ErasedPersonReturned(contact_id=contact_id, source=source))
    return True


@command(KEEP_PRIVACY)
def know_visitor_again(actor: Actor, *, visitor_id: int, contact_id: int) -> None:
    """A visitor gave himself to be known as a contact anew: what he does from now on is his again.

    Word of a joining that came before the erasure, and is heard after it, changes nothing: that contact is erased himself.
    """
    if erased(actor.tenant_id, "contact", [contact_id]):
        return
    Tombstone.objects.filter(digest=digest(actor.tenant_id, "visitor", visitor_id)).delete()
