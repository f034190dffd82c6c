"""What the organisation does because of facts."""

from __future__ import annotations

from cove.directory.org.commands.leaving import end_sessions
from cove.facts.org import MemberDeactivated
from cove.kernel.actor import Actor
from cove.kernel.log.fact import Envelope
from cove.kernel.log.reactions import react


@react(MemberDeactivated)
def sign_out_everywhere(actor: Actor, fact: MemberDeactivated, envelope: Envelope) -> None:
    """Whoever was deactivated, by whatever way, has no session left."""
    end_sessions(actor, member_id=fact.member_id)
