"""What other modules may ask of WeCom."""

from __future__ import annotations

import asyncio
import ssl
from datetime import datetime, timedelta
from functools import lru_cache

import httpx

from cove.engine.channels.delivery import facade as delivery
from cove.engine.channels.wecom import queries
from cove.engine.channels.wecom.client.contact_ways import add_contact_way
from cove.engine.channels.wecom.client.welcomes import WINDOW_SECONDS
from cove.engine.channels.wecom.commands import channels, sync
from cove.engine.channels.wecom.contracts.cards import ContactWayCard
from cove.engine.channels.wecom.errors import NotConfigured
from cove.engine.channels.wecom.outbound.performing import open_line
from cove.kernel import clock
from cove.kernel.actor import Actor


def configured(actor: Actor) -> bool:
    """Tell whether calls can be made for the actor's tenant."""
    try:
        queries.credentials(actor)
    except NotConfigured:
        return False
    return True


def configure_channel(
    actor: Actor,
    *,
    corp_id: str,
    agent_id: str,
    secret: str,
    callback_token: str,
    aes_key: str,
    base_url: str = "",
) -> str:
    """Set the channel up; return the path of its callback address. Raises InvalidInput, BadAesKey."""
    row = channels.configure_channel(
        actor,
        corp_id=corp_id,
        agent_id=agent_id,
        base_url=base_url,
        secret=secret,
        callback_token=callback_token,
        aes_key=aes_key,
    )
    return f"/callbacks/wecom/{row.public_id}"


def start_sync(actor: Actor, *, customers: bool = True) -> int:
    """Start taking over directory and customers as a job; return the id of its progress row."""
    return sync.schedule_sync(actor, customers=customers).id


def send_welcome(
    actor: Actor,
    *,
    contact_id: int,
    member_id: int,
    member_name: str,
    welcome_code: str,
    text: str,
    event_at: datetime,
    key: str = "",
) -> bool:
    """Send a new friend his welcome within 20 seconds of the second of `event_at` (CreateTime); once for `key`, else for the code.

    What becomes of it is told by `delivery.welcome_sent` or `delivery.welcome_missed`, a missing code included. Returns False where
    there is nothing to do: it was asked for before, or the friendship is old news that never had a code.
    """
    not_after = event_at.replace(microsecond=0) + timedelta(seconds=WINDOW_SECONDS)
    if not welcome_code and clock.now() >= not_after:
        return False
    payload = {
        "contact_id": contact_id,
        "member_id": member_id,
        "member_name": member_name,
        "welcome_code": welcome_code,
        "text": text,
    }
    name = key or f"{contact_id}:{member_id}:{welcome_code or event_at.isoformat()}"
    return delivery.deliver(actor, "wecom.send_welcome", f"wecom.send_welcome:{name}", payload, not_after=not_after)


def request_contact_way(actor: Actor, *, key: str, userid: str, state: str, remark: str = "") -> bool:
    """Ask for a contact way that leads to the member and carries `state` (at most 30 characters); once for `key`.

    The answer is the fact `wecom.contact_way_made` or `wecom.contact_way_failed` with the same `key`. Returns False if it was asked for
    before.
    """
    payload = {"key": key, "userids": [userid], "state": state, "remark": remark}
    return delivery.deliver(actor, "wecom.make_contact_way", f"wecom.make_contact_way:{key}", payload)


def remove_contact_way(actor: Actor, *, config_id: str) -> bool:
    """Have a contact way deleted on the platform; its QR code stops working. Returns False if it was asked for before."""
    payload = {"config_id": config_id}
    return delivery.deliver(actor, "wecom.remove_contact_way", f"wecom.remove_contact_way:{config_id}", payload)


async def make_contact_way_now(
    actor: Actor, *, userid: str, state: str, remark: str = "", timeout_s: float = 3.0
) -> ContactWayCard:
    """Make a contact way while somebody waits for it; not to be called inside a transaction.

    Raises a CoveError that says why not (not configured, unreachable, refused), or TimeoutError after `timeout_s` seconds.
    """
    async with asyncio.timeout(timeout_s), httpx.AsyncClient(verify=_tls()) as http:
        line = await open_line(actor.tenant_id, http)
        way = await add_contact_way(line, userids=[userid], state=state, remark=remark)
        return ContactWayCard(way.config_id, way.qr_code)


@lru_cache(maxsize=1)
def _tls() -> ssl.SSLContext:
    # Reading the certificates takes tens of milliseconds, which nobody should wait for twice.
    return httpx.create_ssl_context()
