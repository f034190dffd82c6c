from __future__ import annotations

from cove.engine.channels.wecom.models import WecomCard
from cove.kernel.actor import Actor
from cove.kernel.scope import tenant_scope


def card(actor: Actor, card_id: int) -> WecomCard:
    """Return a card that is to be sent; for the outbox. Raises WecomCard.DoesNotExist."""
    with tenant_scope(actor.tenant_id):
        return WecomCard.objects.get(id=card_id)
