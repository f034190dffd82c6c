from __future__ import annotations

from cove.engine.channels.delivery.contracts import State, Verdict
from cove.engine.channels.wecom.permissions import TAKE_OVER
from cove.facts.wecom import JoinWayFailed, JoinWayMade
from cove.kernel.actor import Actor
from cove.kernel.command import command, publish


@command(TAKE_OVER)
def tell_join_way(actor: Actor, *, key: str, state: str, verdict: Verdict) -> None:
    """Tell whoever asked under `key` what became of his group code."""
    if verdict.state is State.SENT:
        found = verdict.result
        publish(
            JoinWayMade(
                key=key,
                config_id=found["config_id"],
                qr_url=found["qr_url"],
                state=state,
                chat_ids=found["chat_ids"],
            )
        )
        return
    publish(JoinWayFailed(key=key, reason=verdict.reason, errcode=verdict.errcode))
