"""Codes by the member to whom they belong: who made them, or stands behind them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from django.db.models import Q

from cove.business.live_codes.models import LiveCode, LiveCodeMember
from cove.kernel.actor import Actor


def owned_counts(actor: Actor, member_ids: Iterable[int]) -> dict[int, int]:
    """Return how many codes each of these members made or stands behind; none is left out."""
    wanted = list(member_ids)
    made = LiveCode.objects.filter(tenant_id=actor.tenant_id, created_by_id__in=wanted)
    behind = LiveCodeMember.objects.filter(tenant_id=actor.tenant_id, member_id__in=wanted)
    pairs = set(made.values_list("created_by_id", "id")) | set(behind.values_list("member_id", "code_id"))
    return dict(Counter(member_id for member_id, _ in pairs))


def owned_ids(actor: Actor, member_id: int, *, after: int, limit: int) -> list[int]:
    """Return the next codes a member made or stands behind, after the code `after`."""
    behind = LiveCodeMember.objects.filter(tenant_id=actor.tenant_id, member_id=member_id).values("code_id")
    rows = LiveCode.objects.filter(Q(created_by_id=member_id) | Q(id__in=behind), tenant_id=actor.tenant_id)
    return list(rows.filter(id__gt=after).order_by("id").values_list("id", flat=True)[:limit])


def names_of(actor: Actor, code_ids: Iterable[int]) -> dict[int, str]:
    """Return the names of codes, deleted or not, by id."""
    rows = LiveCode.objects.filter(tenant_id=actor.tenant_id, id__in=list(code_ids))
    return dict(rows.values_list("id", "name"))


def with_nobody_else(actor: Actor, member_id: int) -> int:
    """Return how many codes in use have nobody behind them who is active, but this member."""
    mine = LiveCodeMember.objects.filter(tenant_id=actor.tenant_id, member_id=member_id).values("code_id")
    others = LiveCodeMember.objects.filter(tenant_id=actor.tenant_id, member__active=True).exclude(member_id=member_id)
    rows = LiveCode.objects.filter(tenant_id=actor.tenant_id, id__in=mine, deleted_at__isnull=True)
    return rows.exclude(id__in=others.values("code_id")).count()
