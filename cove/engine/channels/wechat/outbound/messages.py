from __future__ import annotations

import httpx

from cove.engine.channels.delivery.contracts import Again, Kind, Later, Order, Outcome, Refused, Verdict, kinds
from cove.engine.channels.delivery.facade import off_loop
from cove.engine.channels.wechat.client.line import Line
from cove.engine.channels.wechat.client.messages import send_message
from cove.engine.channels.wechat.commands.sending import tell_message
from cove.engine.channels.wechat.commands.windows import give_turn_back, take_turn
from cove.engine.channels.wechat.contracts.messages import on_the_wire
from cove.engine.channels.wechat.outbound.performing import performed
from cove.kernel.actor import Actor
from cove.kernel.words import Words


@performed
async def _send(line: Line, order: Order) -> None:
    message = on_the_wire(order.payload["content"]["message"])
    await send_message(line, openid=order.payload["openid"], message=message)


async def _perform(order: Order, http: httpx.AsyncClient) -> Outcome:
    who = Actor.system(order.tenant_id)
    said = {"account_id": order.payload["account_id"], "openid": order.payload["openid"]}
    # The platform counts, too; asking it in vain would only cost its patience (45015, 45047).
    turn = await off_loop(take_turn, who, **said)
    if turn not in ("talk", "touch"):
        return Refused(turn)
    outcome = await _send(order, http)
    if isinstance(outcome, Later | Refused) and outcome.reason not in ("window_over", "window_used_up"):
        await off_loop(give_turn_back, who, **said, turn=turn)
    return outcome


def tell(actor: Actor, order: Order, verdict: Verdict) -> None:
    """Tell what became of a message to a person."""
    tell_message(actor, key=order.key, payload=order.payload, verdict=verdict)


SEND_MESSAGE = kinds.add(
    "wechat.send_message",
    Kind(
        "wechat.send_message",
        Words("发送公众号客服消息", "Send a customer-service message"),
        # Nothing tells the platform that two calls are one message.
        Again.UNSAFE,
        _perform,
        tell,
        channel="official_account",
    ),
)
