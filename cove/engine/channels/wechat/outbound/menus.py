from __future__ import annotations

from cove.engine.channels.delivery.contracts import Again, Kind, Order, State, Verdict, kinds
from cove.engine.channels.wechat.client.line import Line
from cove.engine.channels.wechat.client.menus import put_menu
from cove.engine.channels.wechat.commands.menus import note_put
from cove.engine.channels.wechat.contracts.menus import on_the_wire
from cove.engine.channels.wechat.outbound.performing import performed
from cove.kernel.actor import Actor
from cove.kernel.words import Words


@performed
async def _perform(line: Line, order: Order) -> None:
    await put_menu(line, [on_the_wire(button) for button in order.payload["buttons"]])


def _settle(actor: Actor, order: Order, verdict: Verdict) -> None:
    problem = "" if verdict.state is State.SENT else verdict.reason or str(verdict.state)
    note_put(actor, account_id=order.payload["account_id"], problem=problem)


PUT_MENU = kinds.add(
    "wechat.put_menu",
    Kind("wechat.put_menu", Words("发布公众号菜单", "Publish the menu"), Again.HARMLESS, _perform, _settle),
)
