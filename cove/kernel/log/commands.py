"""Retrying what was set aside."""

from __future__ import annotations

from cove.kernel.actor import Actor
from cove.kernel.command import command
from cove.kernel.errors import NotFound
from cove.kernel.log.consume import digest, hand_over
from cove.kernel.log.fact import Envelope
from cove.kernel.log.models import SetAside
from cove.kernel.log.permissions import RETRY_FACT
from cove.kernel.log.reactions import reactions, sinks


@command(RETRY_FACT)
def retry_fact(actor: Actor, *, set_aside_id: int) -> bool:
    """Let the reaction or sink see a set-aside fact again; return whether it was digested (it then leaves the list).

    Raises NotFound for an unknown id or for a reaction that no longer exists.
    """
    row = SetAside.objects.select_for_update().filter(id=set_aside_id).first()
    if row is None:
        raise NotFound
    envelope = Envelope.model_validate(row.envelope)
    if reaction := reactions.get(row.consumer):
        done = digest(reaction, envelope)
    elif sink := sinks.get(row.consumer):
        done = hand_over(sink, [envelope])
    else:
        raise NotFound
    if done:
        row.delete()
    return done
