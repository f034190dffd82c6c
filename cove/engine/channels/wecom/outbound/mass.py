from __future__ import annotations

from typing import Any

import httpx

from cove.engine.channels.delivery.contracts import Again, Kind, Later, Order, Outcome, Refused, State, Verdict, kinds
from cove.engine.channels.delivery.facade import off_loop
from cove.engine.channels.wecom import queries
from cove.engine.channels.wecom.client import mass
from cove.engine.channels.wecom.client.line import Line
from cove.engine.channels.wecom.commands.mass_results import (
    note_mass_cancelled,
    note_mass_made,
    note_mass_members,
    note_mass_reminded,
    note_mass_results,
)
from cove.engine.channels.wecom.contracts.contents import Content
from cove.engine.channels.wecom.contracts.tasks import MassMember, MassResult
from cove.engine.channels.wecom.errors import WeComError
from cove.engine.channels.wecom.outbound.performing import performed
from cove.engine.channels.wecom.outbound.quotas import REMINDERS
from cove.engine.channels.wecom.outbound.uploading import media_ids
from cove.kernel.actor import Actor
from cove.kernel.words import Words

DISPATCH_SECONDS = 5.0
DISPATCH_RETRIES = 20


async def _send(order: Order, http: httpx.AsyncClient) -> Outcome:
    row, targets, full = await off_loop(
        queries.mass_content,
        Actor.system(order.tenant_id),
        order.payload["task_id"],
        left_out=order.left_out,
    )
    if not targets:
        return Refused("had_the_most" if full else "nobody_reachable")

    @performed
    async def make(line: Line, _order: Order) -> dict[str, Any]:
        content = Content.model_validate(row.content)
        names = await media_ids(line, content.file_ids())
        single = row.chat_type == "single"
        made = await mass.add_task(
            line,
            chat_type="single" if single else "group",
            body=content.body(names),
            external_userids=targets if single else (),
            chat_ids=() if single else targets,
            sender=row.sender,
        )
        return {"msgid": made.msgid, "fail_list": made.fail_list, "full": full}

    return await make(order, http)


def _settle_sent(actor: Actor, order: Order, verdict: Verdict) -> None:
    note_mass_made(actor, task_id=order.payload["task_id"], verdict=verdict, left_out=order.left_out)


@performed
async def _members(line: Line, order: Order) -> dict[str, Any]:
    found = await mass.list_members(line, order.payload["msgid"])
    return {"members": [one.model_dump(mode="json") for one in found]}


@performed
async def _results(line: Line, order: Order) -> dict[str, Any]:
    said = order.payload
    found = [one async for page in mass.results(line, said["msgid"], said["userid"]) for one in page]
    # Of groups the platform does not always repeat whose task it was.
    rows = [one.model_dump(mode="json") | {"userid": one.userid or said["userid"]} for one in found]
    return {"results": rows}


def _patient(work: Any) -> Any:
    """Wait while the platform still hands a task out (41063, document 93338)."""

    async def perform(order: Order, http: httpx.AsyncClient) -> Outcome:
        outcome: Outcome = await work(order, http)
        if isinstance(outcome, Refused) and outcome.errcode == mass.STILL_DISPATCHING:
            return Later(outcome.reason, outcome.errcode, seconds=DISPATCH_SECONDS, retries=DISPATCH_RETRIES)
        return outcome

    return perform


def _settle_members(actor: Actor, order: Order, verdict: Verdict) -> None:
    if verdict.state is State.SENT:
        members = [MassMember.model_validate(one) for one in verdict.result["members"]]
        note_mass_members(actor, task_id=order.payload["task_id"], members=members)


def _settle_results(actor: Actor, order: Order, verdict: Verdict) -> None:
    if verdict.state is State.SENT:
        results = [MassResult.model_validate(one) for one in verdict.result["results"]]
        note_mass_results(actor, task_id=order.payload["task_id"], results=results)


@performed
async def _remind(line: Line, order: Order) -> None:
    await mass.remind(line, order.payload["msgid"])


@performed
async def _cancel(line: Line, order: Order) -> None:
    try:
        await mass.cancel(line, order.payload["msgid"])
    except WeComError as error:
        if error.errcode != mass.CANCELLED:
            raise


def _settle_cancelled(actor: Actor, order: Order, verdict: Verdict) -> None:
    note_mass_cancelled(actor, task_id=order.payload["task_id"], verdict=verdict)


def _settle_reminded(actor: Actor, order: Order, verdict: Verdict) -> None:
    note_mass_reminded(actor, task_id=order.payload["task_id"], verdict=verdict)


SEND = kinds.add(
    "wecom.mass_send",
    Kind(
        "wecom.mass_send",
        Words("创建企业群发", "Make a mass message"),
        # Asked twice, each member would have two tasks.
        Again.UNSAFE,
        _send,
        _settle_sent,
        purpose="marketing",
    ),
)
READ_MEMBERS = kinds.add(
    "wecom.read_mass",
    Kind(
        "wecom.read_mass",
        Words("查询群发进度", "Read who sent a mass message"),
        Again.HARMLESS,
        _patient(_members),
        _settle_members,
    ),
)
READ_RESULTS = kinds.add(
    "wecom.read_mass_results",
    Kind(
        "wecom.read_mass_results",
        Words("查询群发结果", "Read whom a mass message reached"),
        Again.HARMLESS,
        _patient(_results),
        _settle_results,
    ),
)
REMIND = kinds.add(
    "wecom.remind_mass",
    Kind(
        "wecom.remind_mass",
        Words("提醒成员群发", "Remind of a mass message"),
        Again.UNSAFE,
        _patient(_remind),
        _settle_reminded,
        quotas=(REMINDERS,),
    ),
)
CANCEL = kinds.add(
    "wecom.cancel_mass",
    Kind(
        "wecom.cancel_mass",
        Words("取消企业群发", "Cancel a mass message"),
        Again.HARMLESS,
        _patient(_cancel),
        _settle_cancelled,
    ),
)
