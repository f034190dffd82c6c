"""Which notes were deleted."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from cove.directory.people.models import DeletedNote
from cove.kernel.actor import Actor
from cove.kernel.scope import every_tenant


def deleted_among(actor: Actor, note_ids: Collection[int]) -> set[int]:
    """Return those of the notes that were deleted and of which the timeline still has a copy."""
    rows = DeletedNote.objects.filter(tenant_id=actor.tenant_id, note_id__in=note_ids)
    return set(rows.values_list("note_id", flat=True))


def deleted_of(actor: Actor, contact_ids: Collection[int]) -> set[int]:
    """Return the deleted notes of these contacts of which the timeline still has a copy."""
    rows = DeletedNote.objects.filter(tenant_id=actor.tenant_id, contact_id__in=contact_ids)
    return set(rows.values_list("note_id", flat=True))


def tenants_with_deleted(moment: datetime) -> list[int]:
    """Return the tenants with notes that were deleted before a moment and of which the timeline still has a copy."""
    with every_tenant("the rounds of the night go to every tenant"):
        rows = DeletedNote.unsealed.filter(deleted_at__lt=moment)
        return list(rows.order_by("tenant_id").values_list("tenant_id", flat=True).distinct())


def deleted_before(actor: Actor, moment: datetime, *, most: int) -> list[int]:
    """Return up to `most` notes that were deleted before a moment and of which the timeline still has a copy, the first ones first."""
    rows = DeletedNote.objects.filter(tenant_id=actor.tenant_id, deleted_at__lt=moment).order_by("note_id")
    return list(rows.values_list("note_id", flat=True)[:most])
