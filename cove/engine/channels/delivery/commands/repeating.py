"""Sending again, by hand, what did not go out."""

from __future__ import annotations

from django.db import connection

from cove.engine.channels.delivery.commands.outbox import WAKE_CHANNEL
from cove.engine.channels.delivery.contracts import State
from cove.engine.channels.delivery.errors import CannotRepeat
from cove.engine.channels.delivery.models import Delivery
from cove.engine.channels.delivery.permissions import SEND_AGAIN
from cove.engine.channels.delivery.queries.outbox import why_not_again
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.command import command
from cove.kernel.errors import NotFound


@command(SEND_AGAIN)
def send_again(actor: Actor, *, delivery_id: int) -> Delivery:
    """Put an act back into the outbox; every rule is asked again. Raises NotFound, and CannotRepeat where a person might get it twice."""
    row = Delivery.visible_to(actor).select_for_update().filter(id=delivery_id).first()
    if row is None:
        raise NotFound
    if (why := why_not_again(row)) is not None:
        raise CannotRepeat(why)
    row.state, row.reason, row.errcode, row.result = State.PENDING, "", None, {}
    row.setbacks, row.claimed_by, row.finished_at, row.not_before = 0, None, None, clock.now()
    # Those after it in its lane have gone on without it.
    row.lane = ""
    row.save()
    with connection.cursor() as cursor:
        cursor.execute(f"NOTIFY {WAKE_CHANNEL}")
    return row
