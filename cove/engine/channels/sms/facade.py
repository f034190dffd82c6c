"""What other modules may ask of text messages."""

from __future__ import annotations

from datetime import datetime

from cove.engine.channels.sms.commands import messages
from cove.engine.channels.sms.contracts.accounts import Draft, message_key
from cove.kernel.actor import Actor


def send_message(
    actor: Actor,
    *,
    key: str,
    contact_id: int,
    draft: Draft,
    cause: str = "",
    not_before: datetime | None = None,
    not_after: datetime | None = None,
) -> str:
    """Order a text message within the caller's command, once for each `key`; return its message key, by which facts tell of it.

    Raises NotFound, NoPhone, NotApproved, NoWayToRefuse, TooLong, InvalidInput.
    """
    row = messages.send_message(
        actor,
        key=key,
        contact_id=contact_id,
        draft=draft,
        cause=cause,
        not_before=not_before,
        not_after=not_after,
    )
    return message_key(row.id)
