from __future__ import annotations

from dataclasses import dataclass

from cove.business.live_codes.models import ContactWay
from cove.kernel.actor import Actor


def pool_size(actor: Actor, *, code_id: int, member_id: int) -> int:
    """Return how many ways a member of a code has for single visits."""
    rows = ContactWay.objects.filter(tenant_id=actor.tenant_id, code_id=code_id, member_id=member_id)
    return rows.filter(standing=False).count()


def standing_picture(actor: Actor, *, code_id: int, member_id: int) -> str:
    """Return the picture of a member's standing way, empty if WeCom has not made it."""
    rows = ContactWay.objects.filter(tenant_id=actor.tenant_id, code_id=code_id, member_id=member_id, standing=True)
    return rows.values_list("qr_url", flat=True).first() or ""


@dataclass(frozen=True, slots=True)
class FailedWay:
    """A standing way that could not be made; `nobody_left`: no member of its code has one."""

    way: ContactWay
    nobody_left: bool


def failed_way(actor: Actor, state: str) -> FailedWay | None:
    """Return the standing way behind `state` with its code and member, or None if there is none or its code was deleted."""
    standing = ContactWay.objects.filter(tenant_id=actor.tenant_id, standing=True)
    way = standing.select_related("code", "member").filter(state=state, code__deleted_at=None).first()
    if way is None:
        return None
    others = standing.filter(code_id=way.code_id, failure="", member__active=True).exclude(id=way.id).exclude(qr_url="")
    return FailedWay(way, nobody_left=not others.exists())
