from __future__ import annotations

from typing import Any

from cove.engine.channels.delivery.contracts import Again, Kind, Order, State, Verdict, kinds
from cove.engine.channels.delivery.facade import off_loop
from cove.engine.channels.wecom import queries
from cove.engine.channels.wecom.client.line import Line
from cove.engine.channels.wecom.client.transfers import transfer_customers, transfer_states
from cove.engine.channels.wecom.commands.transfers import note_transfer_states, note_transfers_asked
from cove.engine.channels.wecom.contracts.tasks import TransferAsked, TransferState
from cove.engine.channels.wecom.outbound.performing import performed
from cove.kernel.actor import Actor
from cove.kernel.words import Words


@performed
async def _ask(line: Line, order: Order) -> dict[str, Any]:
    said = order.payload
    externals = await off_loop(queries.transfers_named, Actor.system(order.tenant_id), said["ids"])
    if not externals:
        return {"answers": []}
    answers = await transfer_customers(
        line,
        from_userid=said["from_userid"],
        to_userid=said["to_userid"],
        external_userids=externals,
        resigned=said["resigned"],
    )
    return {"answers": [one.model_dump(mode="json") for one in answers]}


def _settle_asked(actor: Actor, order: Order, verdict: Verdict) -> None:
    answers = [TransferAsked.model_validate(one) for one in verdict.result.get("answers", [])]
    note_transfers_asked(actor, ids=order.payload["ids"], answers=answers, verdict=verdict)


@performed
async def _read(line: Line, order: Order) -> dict[str, Any]:
    said = order.payload
    found = await transfer_states(
        line, from_userid=said["from_userid"], to_userid=said["to_userid"], resigned=said["resigned"]
    )
    return {"states": [one.model_dump(mode="json") for one in found]}


def _settle_read(actor: Actor, order: Order, verdict: Verdict) -> None:
    if verdict.state is State.SENT:
        states = [TransferState.model_validate(one) for one in verdict.result["states"]]
        said = order.payload
        note_transfer_states(actor, from_userid=said["from_userid"], to_userid=said["to_userid"], states=states)


TRANSFER = kinds.add(
    "wecom.transfer",
    Kind(
        "wecom.transfer",
        Words("继承客户", "Transfer customers"),
        # Asked twice, the platform answers for each customer that he is being transferred already.
        Again.HARMLESS,
        _ask,
        _settle_asked,
    ),
)
READ_TRANSFERS = kinds.add(
    "wecom.read_transfers",
    Kind("wecom.read_transfers", Words("查询继承结果", "Read transfers"), Again.HARMLESS, _read, _settle_read),
)
