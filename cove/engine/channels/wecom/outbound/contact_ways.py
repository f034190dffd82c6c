from __future__ import annotations

from typing import Any

from cove.engine.channels.delivery.contracts import Again, Kind, Order, Verdict, kinds
from cove.engine.channels.wecom.client.contact_ways import add_contact_way, delete_contact_way
from cove.engine.channels.wecom.client.line import Line
from cove.engine.channels.wecom.commands.contact_ways import tell_contact_way
from cove.engine.channels.wecom.outbound.performing import performed
from cove.kernel.actor import Actor
from cove.kernel.words import Words


@performed
async def _make(line: Line, order: Order) -> dict[str, Any]:
    said = order.payload
    way = await add_contact_way(line, userids=said["userids"], state=said["state"], remark=said["remark"])
    return {"config_id": way.config_id, "qr_url": way.qr_code}


def _settle(actor: Actor, order: Order, verdict: Verdict) -> None:
    said = order.payload
    tell_contact_way(actor, key=said["key"], state=said["state"], userids=said["userids"], verdict=verdict)


@performed
async def _remove(line: Line, order: Order) -> None:
    await delete_contact_way(line, order.payload["config_id"])


MAKE_CONTACT_WAY = kinds.add(
    "wecom.make_contact_way",
    Kind(
        "wecom.make_contact_way",
        Words("生成「联系我」二维码", "Make a contact way"),
        # A lost answer may leave a code that nobody knows: it costs one of 500,000 and is seen by no one.
        Again.HARMLESS,
        _make,
        _settle,
    ),
)
REMOVE_CONTACT_WAY = kinds.add(
    "wecom.remove_contact_way",
    Kind("wecom.remove_contact_way", Words("删除「联系我」二维码", "Remove a contact way"), Again.HARMLESS, _remove),
)
