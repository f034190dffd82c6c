from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from cove.engine.channels.wecom.models import WecomToken
from cove.engine.channels.wecom.permissions import CALL
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.command import command

MARGIN = timedelta(minutes=1)
LEASE = timedelta(seconds=10)


@dataclass(frozen=True, slots=True)
class Held:
    """What stands in the row: a good `token`, or the call to `fetch` one, or neither while somebody else fetches."""

    token: str
    expires_at: datetime
    fetch: bool


@command(CALL, audited=False)
def take_token(actor: Actor, *, channel_id: int, stale: str) -> Held:
    """Return the shared token unless it is `stale` or near its end; then give the lease to the first who asks."""
    now = clock.now()
    WecomToken.objects.get_or_create(channel_id=channel_id)
    row = WecomToken.objects.select_for_update().get(channel_id=channel_id)
    if row.token and row.token != stale and row.expires_at and row.expires_at - now > MARGIN:
        return Held(row.token, row.expires_at, fetch=False)
    if row.lease_until and row.lease_until > now:
        return Held("", now, fetch=False)
    row.lease_until = now + LEASE
    row.save(update_fields=["lease_until"])
    return Held("", now, fetch=True)


@command(CALL, audited=False)
def keep_token(actor: Actor, *, channel_id: int, token: str, expires_at: datetime) -> None:
    """Share a fetched token and end the lease."""
    WecomToken.objects.update_or_create(
        channel_id=channel_id, defaults={"token": token, "expires_at": expires_at, "lease_until": None}
    )


@command(CALL, audited=False)
def give_up_lease(actor: Actor, *, channel_id: int) -> None:
    """End the lease without a token, so that the next one may try."""
    WecomToken.objects.filter(channel_id=channel_id).update(lease_until=None)
