"""What providers push leads to."""

from __future__ import annotations

from cove.engine.channels.sms import queries
from cove.engine.channels.sms.commands.accounts import note_told
from cove.engine.channels.sms.commands.receipts import note_receipts, take_replies
from cove.engine.channels.sms.inbound.parse import receipts_of, replies_of
from cove.facts.sms import CallbackAccepted
from cove.kernel.actor import Actor
from cove.kernel.log.fact import Envelope
from cove.kernel.log.reactions import react


@react(CallbackAccepted)
def take_push(actor: Actor, fact: CallbackAccepted, envelope: Envelope) -> None:
    """Note the receipts, or tell the answers, that a provider pushed."""
    provider = queries.provider_of(actor, fact.account_id)
    if provider is None:
        return
    note_told(actor, account_id=fact.account_id, at=envelope.recorded_at)
    if fact.what == "receipts":
        note_receipts(actor, account_id=fact.account_id, receipts=receipts_of(provider, fact.items))
    else:
        take_replies(actor, account_id=fact.account_id, replies=replies_of(provider, fact.items))
