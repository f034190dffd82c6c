from __future__ import annotations

from cove.engine.channels.delivery.contracts import Again, Kind, Order, Verdict, kinds
from cove.engine.channels.delivery.facade import off_loop
from cove.engine.channels.wecom import queries
from cove.engine.channels.wecom.client.cards import close_buttons, send_buttons
from cove.engine.channels.wecom.client.line import Line
from cove.engine.channels.wecom.commands.cards import note_card_sent
from cove.engine.channels.wecom.outbound.performing import performed
from cove.kernel.actor import Actor
from cove.kernel.words import Words


@performed
async def _send(line: Line, order: Order) -> None:
    said = order.payload
    row = await off_loop(queries.card, Actor.system(order.tenant_id), said["card_id"])
    buttons = [(key, text) for key, text in row.buttons]
    await send_buttons(
        line, userids=said["userids"], title=row.title, text=row.text, task_id=row.task_id, buttons=buttons
    )


def _settle(actor: Actor, order: Order, verdict: Verdict) -> None:
    note_card_sent(actor, card_id=order.payload["card_id"], verdict=verdict)


@performed
async def _close(line: Line, order: Order) -> None:
    said = order.payload
    await close_buttons(line, response_code=said["response_code"], userids=[said["userid"]], text=said["text"])


SEND = kinds.add(
    "wecom.send_card",
    Kind(
        "wecom.send_card",
        Words("发送按钮卡片", "Send a card with buttons"),
        # The platform drops the same card within half an hour, so asking again after a lost answer tells nobody twice.
        Again.HARMLESS,
        _send,
        _settle,
    ),
)
CLOSE = kinds.add(
    "wecom.close_card",
    # A code works once: asked again it is refused, and the card stands as it should.
    Kind("wecom.close_card", Words("更新按钮卡片", "Change a card with buttons"), Again.HARMLESS, _close),
)
