"""What a press of a card's button leads to (document 90240)."""

from __future__ import annotations

from cove.engine.channels.seal.xml import text_of
from cove.engine.channels.wecom.commands.cards import take_press
from cove.facts.wecom import CallbackAccepted
from cove.kernel.actor import Actor
from cove.kernel.log.fact import Envelope


def card_pressed(actor: Actor, fact: CallbackAccepted, envelope: Envelope) -> None:
    """Take over which button a member pressed."""
    event = fact.event
    take_press(
        actor,
        task_id=text_of(event, "TaskId"),
        userid=text_of(event, "FromUserName"),
        button=text_of(event, "EventKey"),
        response_code=text_of(event, "ResponseCode"),
        at=envelope.at,
    )
