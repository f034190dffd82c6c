"""What platforms push leads to, and what they are told of their people."""

from __future__ import annotations

from cove.engine.channels.ads import queries
from cove.engine.channels.ads.commands.accounts import note_told
from cove.engine.channels.ads.commands.leads import report_contact, take_leads
from cove.engine.channels.ads.inbound.parse import leads_of
from cove.facts.ads import CallbackAccepted
from cove.facts.wecom import FriendAdded
from cove.kernel.actor import Actor
from cove.kernel.log.fact import Envelope
from cove.kernel.log.reactions import react


@react(CallbackAccepted)
def take_push(actor: Actor, fact: CallbackAccepted, envelope: Envelope) -> None:
    """Make contacts of the leads that a platform pushed."""
    platform = queries.platform_of(actor, fact.account_id)
    if platform is not None:
        note_told(actor, account_id=fact.account_id, at=envelope.recorded_at)
        take_leads(actor, account_id=fact.account_id, leads=leads_of(platform, fact.items))


@react(FriendAdded, zh="向广告平台回传转化", en="advertising platforms are told of it")
def report_friend(actor: Actor, fact: FriendAdded, envelope: Envelope) -> None:
    """Tell the platforms by which somebody came that he became a friend."""
    report_contact(actor, contact_id=fact.contact_id, event="friend_added")
