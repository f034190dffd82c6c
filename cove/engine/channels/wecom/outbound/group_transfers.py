from __future__ import annotations

from typing import Any

from cove.engine.channels.delivery.contracts import Again, Kind, Order, State, Verdict, kinds
from cove.engine.channels.wecom.client.line import Line
from cove.engine.channels.wecom.client.transfers import transfer_groups
from cove.engine.channels.wecom.commands.group_handovers import note_groups_transferred
from cove.engine.channels.wecom.contracts.tasks import GroupTransferFailed
from cove.engine.channels.wecom.outbound.performing import performed
from cove.kernel.actor import Actor
from cove.kernel.words import Words


@performed
async def _ask(line: Line, order: Order) -> dict[str, Any]:
    said = order.payload
    refused = await transfer_groups(
        line, chat_ids=said["chat_ids"], to_userid=said["to_userid"], resigned=said["resigned"]
    )
    return {"refused": [one.model_dump(mode="json") for one in refused]}


def _settle(actor: Actor, order: Order, verdict: Verdict) -> None:
    found = verdict.result["refused"] if verdict.state is State.SENT else []
    refused = [GroupTransferFailed.model_validate(one) for one in found]
    note_groups_transferred(actor, payload=order.payload, refused=refused, verdict=verdict)


TRANSFER_GROUPS = kinds.add(
    "wecom.transfer_groups",
    Kind(
        "wecom.transfer_groups",
        Words("转让客户群", "Transfer customer groups"),
        # Asked twice, the platform refuses what it has done already; the groups are read again, and so come to be as they are there.
        Again.HARMLESS,
        _ask,
        _settle,
    ),
)
