"""Hand-overs here lead to transfers on the platform."""

from __future__ import annotations

from cove.engine.channels.seal.xml import text_of
from cove.engine.channels.wecom.commands import transfers
from cove.facts.people import ContactHandedOver, ContactTakenBack
from cove.facts.wecom import CallbackAccepted
from cove.kernel.actor import Actor
from cove.kernel.log.fact import Envelope
from cove.kernel.log.reactions import react


@react(ContactHandedOver, zh="交接同步到企业微信", en="hand-overs are done on WeCom as well")
def transfer_on_platform(actor: Actor, fact: ContactHandedOver, _envelope: Envelope) -> None:
    """Want the friendship to move as well; it is asked for within a minute, many at once."""
    transfers.want_transfer(actor, fact=fact)


@react(ContactTakenBack)
def withdraw_transfer(actor: Actor, fact: ContactTakenBack, _envelope: Envelope) -> None:
    """Do not ask for what was taken back; what was asked for already can only be handed over anew."""
    transfers.withdraw_transfers(actor, contact_id=fact.contact_id, change_set_id=fact.change_set_id)


def transfer_failed(actor: Actor, fact: CallbackAccepted, _envelope: Envelope) -> None:
    """Take over that a customer refused, or that the member has too many."""
    event = fact.event
    transfers.note_transfer_failed(
        actor,
        to_userid=text_of(event, "UserID"),
        external_userid=text_of(event, "ExternalUserID"),
        why=text_of(event, "FailReason"),
    )
