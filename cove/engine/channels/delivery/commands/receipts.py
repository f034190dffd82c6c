"""What is heard of messages after they left, noted beside what sent them."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from cove.engine.channels.delivery.models import Delivery
from cove.engine.channels.delivery.permissions import DELIVER
from cove.kernel.actor import Actor
from cove.kernel.command import command


@command(DELIVER, audited=False)
def note_heard(actor: Actor, *, key: str, heard: str, at: datetime) -> None:
    """Note what was last heard of the message that the delivery named `key` sent; older news that comes late changes nothing."""
    rows = Delivery.visible_to(actor).filter(Q(heard_at=None) | Q(heard_at__lte=at), key=key)
    rows.update(heard=heard, heard_at=at)
