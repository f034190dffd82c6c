"""What other modules may ask of automation."""

from __future__ import annotations

from collections.abc import Sequence

from cove.engine.automation import commands
from cove.engine.automation.contracts import ActionCall, Outcome
from cove.kernel.actor import Actor


def perform(
    actor: Actor,
    *,
    contact_id: int,
    calls: Sequence[ActionCall],
    once_key: str,
    on_behalf: str = "",
) -> list[Outcome]:
    """Perform `calls` on a contact in the caller's transaction, each once for `once_key`; return what became of each.

    `once_key` names the occasion (``live_codes:7:fact:1234``); `on_behalf` is the name people see as the cause. A refusal is noted
    with its reason and does not stop the rest.
    """
    return commands.perform_actions(actor, contact_id=contact_id, calls=calls, once_key=once_key, on_behalf=on_behalf)
