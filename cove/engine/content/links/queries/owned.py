"""Links by the member who made them."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Count

from cove.engine.content.links.models import Link
from cove.kernel.actor import Actor


def owned_counts(actor: Actor, member_ids: Iterable[int]) -> dict[int, int]:
    """Return how many links each of these members made."""
    rows = Link.objects.filter(tenant_id=actor.tenant_id, created_by_id__in=list(member_ids))
    return dict(rows.values_list("created_by_id").annotate(Count("id")))


def owned_ids(actor: Actor, member_id: int, *, after: int, limit: int) -> list[int]:
    """Return the next links a member made, after the link `after`."""
    rows = Link.objects.filter(tenant_id=actor.tenant_id, created_by_id=member_id, id__gt=after)
    return list(rows.order_by("id").values_list("id", flat=True)[:limit])


def names_of(actor: Actor, link_ids: Iterable[int]) -> dict[int, str]:
    """Return the names of links, deleted or not, by id."""
    rows = Link.objects.filter(tenant_id=actor.tenant_id, id__in=list(link_ids))
    return dict(rows.values_list("id", "name"))
