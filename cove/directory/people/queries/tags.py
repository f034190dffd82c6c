from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Count, Prefetch, Q, QuerySet

from cove.directory.people.models import Contact, ContactTag, Tag, TagGroup
from cove.directory.people.permissions import SEE_CONTACTS, SEE_TAGS
from cove.directory.people.queries.persons import lead_of
from cove.kernel.actor import Actor


def tag_groups(actor: Actor) -> QuerySet[TagGroup]:
    """Return the tag library with the number of contacts on each tag, as far as the actor may see them."""
    actor.require(SEE_TAGS)
    # Who was merged is the exception: joining everybody who has a tag to tell him would read all contacts.
    seen = ~Q(contact_tags__contact_id__in=Contact.objects.filter(merged_into__isnull=False).values("id"))
    if not actor.reach(SEE_CONTACTS).everybody:
        seen = Q(contact_tags__contact_id__in=Contact.visible_to(actor).values("id"))
    tags = Tag.objects.annotate(contacts=Count("contact_tags", filter=seen)).order_by("id")
    return TagGroup.objects.prefetch_related(Prefetch("tags", tags)).order_by("id")


def tags_by_id(actor: Actor, ids: Iterable[int]) -> dict[int, Tag]:
    """Return tags with their groups by id, those that exist."""
    return Tag.objects.filter(tenant_id=actor.tenant_id).select_related("group").in_bulk(set(ids))


def tag_ids_of(actor: Actor, contact_id: int) -> set[int]:
    """Return the ids of the tags on a contact, none for one the actor may not see."""
    lead = lead_of(actor, contact_id)
    return set(ContactTag.objects.filter(contact_id=lead).values_list("tag_id", flat=True)) if lead else set()
