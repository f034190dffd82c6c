from __future__ import annotations

import httpx

from cove.engine.channels.delivery.contracts import Again, Kind, Order, Outcome, Refused, Verdict, kinds
from cove.engine.channels.wecom.client.line import Line
from cove.engine.channels.wecom.client.welcomes import send_welcome
from cove.engine.channels.wecom.commands.welcomes import tell_welcome
from cove.engine.channels.wecom.outbound.performing import performed
from cove.kernel.actor import Actor
from cove.kernel.words import Words


@performed
async def _send(line: Line, order: Order) -> None:
    await send_welcome(line, welcome_code=order.payload["welcome_code"], text=order.payload["text"])


async def _perform(order: Order, http: httpx.AsyncClient) -> Outcome:
    if not order.payload["welcome_code"]:
        return Refused("no_code")
    return await _send(order, http)


def _settle(actor: Actor, order: Order, verdict: Verdict) -> None:
    said = order.payload
    tell_welcome(
        actor,
        contact_id=said["contact_id"],
        member_id=said["member_id"],
        member_name=said["member_name"],
        text=said["text"],
        verdict=verdict,
    )


SEND_WELCOME = kinds.add(
    "wecom.send_welcome",
    Kind(
        "wecom.send_welcome",
        Words("发送欢迎语", "Send a welcome"),
        # The platform takes each code once (41051 the second time), so within the window asking again cannot greet twice.
        Again.REFUSED,
        _perform,
        _settle,
        done_before=frozenset({"already_chatting"}),
    ),
)
