from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Prefetch, Q, QuerySet, Sum

from cove.business.live_codes.models import (
    CodeFriendship,
    ContactWay,
    LiveCode,
    LiveCodeMember,
    LiveCodeTag,
    ScanDay,
)
from cove.business.live_codes.permissions import SEE_CODES
from cove.kernel.actor import Actor
from cove.kernel.errors import NotFound
from cove.kernel.operations import Operation


@dataclass(frozen=True, slots=True)
class Figures:
    """Since the code was made: times opened, friendships begun through it, and those of them that ended."""

    scans: int = 0
    adds: int = 0
    losses: int = 0


def codes(actor: Actor, *, search: str = "", deleted: bool | None = None) -> QuerySet[LiveCode]:
    """Return the codes the actor may see, with members, tags and standing ways; `deleted` None means both."""
    actor.require(SEE_CODES)
    rows = LiveCode.visible_to(actor).select_related("created_by")
    if search:
        rows = rows.filter(Q(name__icontains=search) | Q(slug=search))
    if deleted is not None:
        rows = rows.filter(deleted_at__isnull=not deleted)
    members = LiveCodeMember.objects.select_related("member").order_by("id")
    tags = LiveCodeTag.objects.select_related("tag").order_by("id")
    ways = ContactWay.objects.filter(standing=True)
    return rows.prefetch_related(Prefetch("members", members), Prefetch("tags", tags), Prefetch("ways", ways))


def code(actor: Actor, code_id: int) -> LiveCode:
    """Return one code, deleted or not. Raises NotFound."""
    found = codes(actor).filter(id=code_id).first()
    if found is None:
        raise NotFound
    return found


def figures(actor: Actor, code_ids: Iterable[int]) -> dict[int, Figures]:
    """Return the figures of codes the actor may see by id, two queries however many there are; those of others are nought."""
    wanted = list(code_ids)
    seen = LiveCode.visible_to(actor).filter(id__in=wanted).values("id")
    scans = dict(
        ScanDay.objects.filter(tenant_id=actor.tenant_id, code_id__in=seen)
        .values_list("code_id")
        .annotate(Sum("scans"))
    )
    friendships = {
        code_id: (adds, losses)
        for code_id, adds, losses in CodeFriendship.objects.filter(tenant_id=actor.tenant_id, code_id__in=seen)
        .values_list("code_id")
        .annotate(Count("id"), Count("ended_at"))
    }
    return {code_id: Figures(scans.get(code_id, 0), *friendships.get(code_id, (0, 0))) for code_id in wanted}


def reachable_ids(actor: Actor, operation: Operation) -> list[int] | None:
    """Return the ids of the codes to which the actor may do `operation`, deleted ones included; None means every code."""
    if actor.reach(operation).everybody:
        return None
    return list(LiveCode.visible_to(actor, operation).values_list("id", flat=True))


def sees_code(actor: Actor, code_id: int) -> bool:
    """Tell whether the actor may see a code."""
    return LiveCode.visible_to(actor).filter(id=code_id).exists()
