"""Holding contacts until the transaction ends: in the order of numbers, so that two at once do not wait for each other in a circle."""

from __future__ import annotations

from collections.abc import Iterable

from cove.directory.people.models import Contact, ContactMerge
from cove.directory.people.queries import lead_of
from cove.kernel.actor import Actor
from cove.kernel.errors import NotFound
from cove.kernel.operations import Operation


def hold_contact(actor: Actor, contact_id: int, operation: Operation) -> Contact:
    """Hold the contact to whom a number leads. Raises NotFound."""
    found = Contact.visible_to(actor, operation).select_for_update().filter(id=contact_id).first()
    if found is not None:
        return found
    lead = lead_of(actor, contact_id, operation)
    if lead is None or lead == contact_id:
        raise NotFound
    return hold_contact(actor, lead, operation)


def hold_contacts(actor: Actor, contact_ids: Iterable[int]) -> list[int]:
    """Hold contacts who were not merged into others; return their numbers."""
    rows = Contact.visible_to(actor).filter(id__in=list(contact_ids)).order_by("id").select_for_update()
    return list(rows.values_list("id", flat=True))


def hold_way(actor: Actor, contact_id: int) -> list[ContactMerge]:
    """Hold a contact and everybody over whom he leads to the one that stays; return these merges, his own first. Raises NotFound."""
    if Contact.visible_to(actor).select_for_update().filter(id=contact_id).exists():
        return []
    if lead_of(actor, contact_id) is None:
        raise NotFound
    way = way_of(contact_id)
    numbers = [contact_id, *(one.into_id for one in way)]
    rows = Contact.objects.filter(id__in=numbers).order_by("id").select_for_update()
    leads = dict(rows.values_list("id", "merged_into_id"))
    if leads.get(numbers[-1], 0) is None and leads.get(contact_id) == (numbers[-1] if way else None):
        return way
    # Merged or unmerged meanwhile: another way then.
    return hold_way(actor, contact_id)


def way_of(contact_id: int) -> list[ContactMerge]:
    """Return the merges by which a contact leads to the one that stays, his own first."""
    found: list[ContactMerge] = []
    number: int | None = contact_id
    while number is not None:
        step = ContactMerge.objects.filter(contact_id=number, undone_at__isnull=True).first()
        found += [step] if step else []
        number = step.into_id if step else None
    return found
