from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from cove.engine.channels.wechat.models import WechatToken
from cove.engine.channels.wechat.permissions import CALL
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.command import command

MARGIN = timedelta(minutes=1)
LEASE = timedelta(seconds=15)


@dataclass(frozen=True, slots=True)
class Held:
    """What stands in the row: a good `token`, or the call to `fetch` one, or neither while somebody else fetches."""

    token: str
    expires_at: datetime
    fetch: bool


@command(CALL, audited=False)
def take_token(actor: Actor, *, account_id: int, purpose: str, stale: str) -> Held:
    """Return the shared token unless it is `stale` or near its end; then give the lease to the first who asks."""
    now = clock.now()
    WechatToken.objects.get_or_create(account_id=account_id, purpose=purpose)
    row = WechatToken.objects.select_for_update().get(account_id=account_id, purpose=purpose)
    if row.token and row.token != stale and row.expires_at and row.expires_at - now > MARGIN:
        return Held(row.token, row.expires_at, fetch=False)
    if row.lease_until and row.lease_until > now:
        return Held("", now, fetch=False)
    row.lease_until = now + LEASE
    row.save(update_fields=["lease_until"])
    return Held("", now, fetch=True)


@command(CALL, audited=False)
def keep_token(actor: Actor, *, account_id: int, purpose: str, token: str, expires_at: datetime) -> None:
    """Share a fetched token and end the lease."""
    WechatToken.objects.update_or_create(
        account_id=account_id,
        purpose=purpose,
        defaults={"token": token, "expires_at": expires_at, "lease_until": None},
    )


@command(CALL, audited=False)
def give_up_lease(actor: Actor, *, account_id: int, purpose: str) -> None:
    """End the lease without a token, so that the next one may try."""
    WechatToken.objects.filter(account_id=account_id, purpose=purpose).update(lease_until=None)
