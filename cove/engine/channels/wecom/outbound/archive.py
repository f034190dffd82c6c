from __future__ import annotations

from typing import Any

from cove.engine.channels.delivery.contracts import Again, Kind, Order, State, Verdict, kinds
from cove.engine.channels.wecom.client import archive
from cove.engine.channels.wecom.client.line import Line
from cove.engine.channels.wecom.commands.archive import take_over_archive
from cove.engine.channels.wecom.contracts.tasks import ArchivedMessage
from cove.engine.channels.wecom.outbound.performing import performed
from cove.kernel.actor import Actor
from cove.kernel.words import Words


@performed
async def _pull(line: Line, order: Order) -> dict[str, Any]:
    found = await archive.pull(line, after=order.payload["after"])
    return {"messages": [one.model_dump(mode="json") for one in found]}


def _settle(actor: Actor, order: Order, verdict: Verdict) -> None:
    if verdict.state is State.SENT:
        messages = [ArchivedMessage.model_validate(one) for one in verdict.result["messages"]]
        if messages:
            # Asked each minute: that nothing was said leaves no trace.
            take_over_archive(actor, after=order.payload["after"], messages=messages)


PULL = kinds.add(
    "wecom.pull_archive",
    Kind("wecom.pull_archive", Words("读取会话存档", "Read the conversation archive"), Again.HARMLESS, _pull, _settle),
)
