from __future__ import annotations

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
