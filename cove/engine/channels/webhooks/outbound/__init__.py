"""Telling webhooks: what their answer means, and when it is tried again."""

from __future__ import annotations

import httpx

from cove.engine.channels.delivery.contracts import (
    Again,
    Kind,
    Later,
    Order,
    Outcome,
    Refused,
    Sent,
    State,
    Verdict,
    kinds,
)
from cove.engine.channels.delivery.facade import off_loop
from cove.engine.channels.webhooks.client.calling import call
from cove.engine.channels.webhooks.commands.calls import end_call, note_reply
from cove.engine.channels.webhooks.contracts import CALL_KIND
from cove.engine.channels.webhooks.queries import webhooks as queries
from cove.kernel.actor import Actor
from cove.kernel.words import Words

MINUTE, HOUR = 60.0, 3600.0
STEPS = (5.0, 30.0, 2 * MINUTE, 10 * MINUTE, 30 * MINUTE, 2 * HOUR, 6 * HOUR, 12 * HOUR)
"""How long after each failure the next try comes: nine tries over some twenty-one hours."""
GONE = 410


async def perform(order: Order, _http: httpx.AsyncClient) -> Outcome:
    """Make one call and judge the answer: 2xx is taken, 410 means never again, everything else is tried later."""
    who = Actor.system(order.tenant_id)
    due = await off_loop(queries.due, who, order.payload["call_id"])
    if due is None or due.gone:
        return Refused("record_gone")
    if due.off:
        return Refused("webhook_off")
    reply = await call(due)
    await off_loop(note_reply, who, call_id=due.call_id, reply=reply, gone=reply.status == GONE)
    if reply.good:
        return Sent()
    if reply.status == GONE or reply.trouble == "address_not_public":
        return Refused(reply.trouble or "refused", reply.status)
    step = STEPS[min(order.setbacks, len(STEPS) - 1)]
    # A test is for whoever waits before the screen.
    return Later(
        reply.trouble or "http_error",
        reply.status,
        seconds=step,
        retries=0 if order.payload.get("test") else len(STEPS),
    )


def settle(actor: Actor, order: Order, verdict: Verdict) -> None:
    """Note how a call ended."""
    end_call(actor, call_id=order.payload["call_id"], delivered=verdict.state is State.SENT, reason=verdict.reason)


# Receivers know a fact by its id, so hearing of it twice is harmless.
CALL = kinds.add(CALL_KIND, Kind(CALL_KIND, Words("推送 Webhook", "Call a webhook"), Again.HARMLESS, perform, settle))
