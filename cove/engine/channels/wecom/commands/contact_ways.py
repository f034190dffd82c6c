from __future__ import annotations

from collections.abc import Sequence

from cove.engine.channels.delivery.contracts import State, Verdict
from cove.engine.channels.wecom.permissions import TAKE_OVER
from cove.facts.wecom import ContactWayFailed, ContactWayMade
from cove.kernel.actor import Actor
from cove.kernel.command import command, publish


@command(TAKE_OVER)
def tell_contact_way(actor: Actor, *, key: str, state: str, userids: Sequence[str], verdict: Verdict) -> None:
    """Tell whoever asked under `key` what became of his contact way."""
    if verdict.state is State.SENT:
        publish(
            ContactWayMade(
                key=key,
                config_id=verdict.result["config_id"],
                qr_url=verdict.result["qr_url"],
                state=state,
                userids=list(userids),
            )
        )
        return
    publish(ContactWayFailed(key=key, state=state, reason=verdict.reason, errcode=verdict.errcode))
