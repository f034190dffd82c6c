from __future__ import annotations

from typing import Any

from cove.engine.channels.delivery.contracts import Again, Kind, Order, State, Verdict, kinds
from cove.engine.channels.wecom.client import support
from cove.engine.channels.wecom.client.line import Line
from cove.engine.channels.wecom.commands.servicers import note_servicers
from cove.engine.channels.wecom.outbound.performing import performed
from cove.kernel.actor import Actor
from cove.kernel.words import Words

MOST_A_CALL = 100


@performed
async def _change(line: Line, order: Order) -> dict[str, Any]:
    said = order.payload
    for names, act in ((said["more"], support.add_servicers), (said["less"], support.remove_servicers)):
        for start in range(0, len(names), MOST_A_CALL):
            await act(line, said["open_kfid"], names[start : start + MOST_A_CALL])
    # Whom the platform did not take is seen by reading them again.
    found = await support.list_servicers(line, said["open_kfid"])
    return {"servicers": [one.userid for one in found if one.userid]}


def _settle(actor: Actor, order: Order, verdict: Verdict) -> None:
    servicers = verdict.result["servicers"] if verdict.state is State.SENT else None
    note_servicers(actor, kf_account_id=order.payload["account_id"], servicers=servicers, verdict=verdict)


SERVICERS = kinds.add(
    "wecom.kf_servicers",
    Kind(
        "wecom.kf_servicers", Words("修改客服接待人员", "Change who serves customers"), Again.HARMLESS, _change, _settle
    ),
)
