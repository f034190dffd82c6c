"""What is heard of messages is shown where they were sent."""

from __future__ import annotations

from cove.engine.channels.delivery.commands.receipts import note_heard
from cove.facts.messages import (
    Message,
    MessageBounced,
    MessageComplained,
    MessageDelivered,
    MessageFailed,
    MessageLinkFollowed,
    MessageOpened,
)
from cove.kernel.actor import Actor
from cove.kernel.log.fact import Envelope
from cove.kernel.log.reactions import react


@react(MessageDelivered)
def note_delivered(actor: Actor, fact: MessageDelivered, envelope: Envelope) -> None:
    """Note that it arrived."""
    _note(actor, fact, envelope, "delivered")


@react(MessageOpened)
def note_opened(actor: Actor, fact: MessageOpened, envelope: Envelope) -> None:
    """Note that it was opened."""
    _note(actor, fact, envelope, "opened")


@react(MessageLinkFollowed)
def note_followed(actor: Actor, fact: MessageLinkFollowed, envelope: Envelope) -> None:
    """Note that a link in it was followed."""
    _note(actor, fact, envelope, "followed")


@react(MessageBounced)
def note_bounced(actor: Actor, fact: MessageBounced, envelope: Envelope) -> None:
    """Note that it came back."""
    _note(actor, fact, envelope, "bounced")


@react(MessageComplained)
def note_complained(actor: Actor, fact: MessageComplained, envelope: Envelope) -> None:
    """Note that it was complained of."""
    _note(actor, fact, envelope, "complained")


@react(MessageFailed)
def note_failed(actor: Actor, fact: MessageFailed, envelope: Envelope) -> None:
    """Note that it did not arrive."""
    _note(actor, fact, envelope, "failed")


def _note(actor: Actor, fact: Message, envelope: Envelope, heard: str) -> None:
    note_heard(actor, key=fact.message_key, heard=heard, at=envelope.at)
