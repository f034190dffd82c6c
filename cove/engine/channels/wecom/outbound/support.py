from __future__ import annotations

from typing import Any

import httpx

from cove.engine.channels.delivery.contracts import Again, Kind, Order, Outcome, Refused, State, Verdict, kinds
from cove.engine.channels.delivery.facade import off_loop
from cove.engine.channels.wecom import queries
from cove.engine.channels.wecom.client import support
from cove.engine.channels.wecom.client.line import Line
from cove.engine.channels.wecom.commands.support import note_answered, take_over_kf_customers, take_over_page
from cove.engine.channels.wecom.contracts.support import KfCustomer, KfPage
from cove.engine.channels.wecom.errors import WeComError
from cove.engine.channels.wecom.outbound.performing import performed
from cove.kernel.actor import Actor
from cove.kernel.words import Words


@performed
async def _sync(line: Line, order: Order) -> dict[str, Any]:
    said = order.payload
    cursor = await off_loop(queries.kf_cursor, Actor.system(order.tenant_id), said["open_kfid"])
    try:
        page = await support.sync_messages(line, said["open_kfid"], cursor=cursor, token=said["token"])
    except WeComError as error:
        # The token of a callback lives ten minutes; without one the platform answers as well, only not so often.
        if error.errcode != support.BAD_TOKEN or not said["token"]:
            raise
        page = await support.sync_messages(line, said["open_kfid"], cursor=cursor, token="")
    return {"cursor": cursor, "page": page.model_dump(mode="json")}


def _settle_sync(actor: Actor, order: Order, verdict: Verdict) -> None:
    if verdict.state is State.SENT:
        said = order.payload
        page = KfPage.model_validate(verdict.result["page"])
        cursor = verdict.result["cursor"]
        take_over_page(actor, open_kfid=said["open_kfid"], cursor=cursor, token=said["token"], page=page)


@performed
async def _customers(line: Line, order: Order) -> dict[str, Any]:
    wanted, found = order.payload["external_userids"], []
    for start in range(0, len(wanted), support.CUSTOMERS_A_CALL):
        found += await support.get_customers(line, wanted[start : start + support.CUSTOMERS_A_CALL])
    return {"customers": [one.model_dump(mode="json") for one in found]}


def _settle_customers(actor: Actor, _order: Order, verdict: Verdict) -> None:
    if verdict.state is State.SENT:
        customers = [KfCustomer.model_validate(one) for one in verdict.result["customers"]]
        take_over_kf_customers(actor, customers=customers)


@performed
async def _say(line: Line, order: Order) -> None:
    said = order.payload
    await support.send_text(
        line,
        open_kfid=said["open_kfid"],
        external_userid=said["external_userid"],
        text=said["text"],
        msgid=said["msgid"],
    )


async def _send(order: Order, http: httpx.AsyncClient) -> Outcome:
    said = order.payload
    talk = await off_loop(
        queries.kf_talk,
        Actor.system(order.tenant_id),
        open_kfid=said["open_kfid"],
        external_userid=said["external_userid"],
    )
    if talk is None or talk.heard_at is None:
        return Refused("talk_over")
    if talk.answers >= support.MOST_ANSWERS:
        return Refused("answered_enough")
    return await _say(order, http)


def _settle_sent(actor: Actor, order: Order, verdict: Verdict) -> None:
    note_answered(actor, payload=order.payload, verdict=verdict)


SYNC = kinds.add(
    "wecom.kf_sync",
    Kind("wecom.kf_sync", Words("读取客服消息", "Read customer service"), Again.HARMLESS, _sync, _settle_sync),
)
CUSTOMERS = kinds.add(
    "wecom.kf_customers",
    Kind(
        "wecom.kf_customers",
        Words("获取客服客户资料", "Fetch customers of customer service"),
        Again.HARMLESS,
        _customers,
        _settle_customers,
    ),
)
SEND = kinds.add(
    "wecom.kf_send",
    Kind("wecom.kf_send", Words("发送客服消息", "Answer in customer service"), Again.UNSAFE, _send, _settle_sent),
)
