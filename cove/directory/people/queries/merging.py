from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet

from cove.directory.people.models import Contact, ContactMerge, ContactVisitor
from cove.directory.people.permissions import MERGE_CONTACTS
from cove.directory.people.queries.additions import Missing, missing
from cove.kernel.actor import Actor
from cove.kernel.errors import NotFound


def merges_of(actor: Actor, contact_id: int) -> QuerySet[ContactMerge]:
    """Return the merges by which others lead to a contact, the newest first; none without the right to merge."""
    if not actor.may(MERGE_CONTACTS):
        return ContactMerge.objects.none()
    rows = ContactMerge.visible_to(actor).filter(undone_at__isnull=True)
    return rows.filter(contact__merged_into_id=contact_id).select_related("contact", "into").order_by("-at", "-id")


def merge(actor: Actor, merge_id: int) -> ContactMerge:
    """Return one merge of contacts whom the actor may merge. Raises Forbidden, NotFound."""
    actor.require(MERGE_CONTACTS)
    found = ContactMerge.visible_to(actor).select_related("contact", "into").filter(id=merge_id).first()
    if found is None:
        raise NotFound
    return found


def merge_preview(actor: Actor, contact_id: int, merged_id: int) -> tuple[Contact, Contact, Missing]:
    """Return the one that would stay, the one who would lead to him, and what the first would get. Raises Forbidden, NotFound."""
    actor.require(MERGE_CONTACTS)
    found = Contact.leading_to(actor, MERGE_CONTACTS).select_related("merged_into").in_bulk([contact_id, merged_id])
    if len({contact_id, merged_id} & found.keys()) < len({contact_id, merged_id}):
        raise NotFound
    stays, merged = found[contact_id].stays, found[merged_id].stays
    return stays, merged, missing(stays, merged)


def line_of(contact_id: int) -> list[int]:
    """Return a contact and all who lead to him over merges that were made before he was merged himself, he first."""
    found, fresh = [contact_id], [contact_id]
    while fresh:
        rows = ContactMerge.objects.filter(into_id__in=fresh, undone_at__isnull=True).order_by("id")
        fresh = list(rows.values_list("contact_id", flat=True))
        found += fresh
    return found


def visitors_among(contact_ids: Iterable[int]) -> list[int]:
    """Return the visitors that these contacts were themselves."""
    rows = ContactVisitor.objects.filter(contact_id__in=list(contact_ids)).order_by("id")
    return list(rows.values_list("visitor_id", flat=True))
