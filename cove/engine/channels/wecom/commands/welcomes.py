from __future__ import annotations

from cove.engine.channels.delivery.contracts import State, Verdict
from cove.engine.channels.wecom.permissions import TAKE_OVER
from cove.facts.delivery import WelcomeMissed, WelcomeSent
from cove.kernel.actor import Actor
from cove.kernel.command import command, publish


@command(TAKE_OVER)
def tell_welcome(
    actor: Actor, *, contact_id: int, member_id: int, member_name: str, text: str, verdict: Verdict
) -> None:
    """Tell what became of a welcome."""
    if verdict.state is State.SENT:
        confirmed = verdict.reason != "probably_sent"
        publish(
            WelcomeSent(
                contact_id=contact_id, member_id=member_id, member_name=member_name, text=text, confirmed=confirmed
            )
        )
        return
    publish(
        WelcomeMissed(
            contact_id=contact_id,
            member_id=member_id,
            member_name=member_name,
            reason=verdict.reason,
            errcode=verdict.errcode,
        )
    )
