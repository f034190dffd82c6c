from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import httpx

from cove.engine.channels.delivery.contracts import (
    Again,
    Kind,
    Order,
    Outcome,
    Tariff,
    Verdict,
    kinds,
    tariffs,
)
from cove.engine.channels.sms.commands.messages import MARKETING, NOTICE, note_outcome
from cove.engine.channels.sms.outbound.gathering import gathering
from cove.kernel.actor import Actor
from cove.kernel.words import Words


async def _perform(order: Order, http: httpx.AsyncClient) -> Outcome:
    return await gathering().send(order.tenant_id, order.payload["message_id"], http)


def _settle(actor: Actor, order: Order, verdict: Verdict) -> None:
    said = order.payload
    note_outcome(actor, message_id=said["message_id"], member_id=said["member_id"], verdict=verdict)


def _parts(said: Mapping[str, Any]) -> int:
    # An order of before parts were written into it is of one.
    return int(said.get("parts", 1))


PARTS = tariffs.add("sms", Tariff("sms", Words("短信", "Text messages"), Words("计费条", "message parts")))
SEND_MARKETING = kinds.add(
    MARKETING,
    Kind(
        MARKETING,
        Words("发送营销短信", "Send a marketing text message"),
        # Providers know no key by which they would drop the second one.
        Again.UNSAFE,
        _perform,
        _settle,
        purpose="marketing",
        channel="sms",
        tariff=PARTS.key,
        cost=_parts,
    ),
)
SEND_NOTICE = kinds.add(
    NOTICE,
    Kind(
        NOTICE,
        Words("发送通知短信", "Send a notice as text message"),
        Again.UNSAFE,
        _perform,
        _settle,
        channel="sms",
        tariff=PARTS.key,
        cost=_parts,
    ),
)
