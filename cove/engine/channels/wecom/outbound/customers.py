from __future__ import annotations

from datetime import datetime
from typing import Any

from cove.engine.channels.delivery.contracts import Again, Kind, Order, State, Verdict, kinds
from cove.engine.channels.wecom.client.customers import get_customer
from cove.engine.channels.wecom.client.line import Line
from cove.engine.channels.wecom.commands.customers import take_over_customer
from cove.engine.channels.wecom.contracts.answers import Customer
from cove.engine.channels.wecom.outbound.performing import performed
from cove.engine.channels.wecom.outbound.quotas import calls
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.words import Words


@performed
async def _fetch(line: Line, order: Order) -> dict[str, Any]:
    read_at = clock.now()
    customer = await get_customer(line, order.payload["external_userid"])
    return {"customer": customer.model_dump(mode="json"), "read_at": read_at.isoformat()}


def _settle(actor: Actor, _order: Order, verdict: Verdict) -> None:
    if verdict.state is State.SENT:
        customer = Customer.model_validate(verdict.result["customer"])
        take_over_customer(actor, customer=customer, read_at=datetime.fromisoformat(verdict.result["read_at"]))


FETCH_CONTACT_CALLS = calls("fetch_contact", "获取客户详情", "details of customers")
FETCH_CONTACT = kinds.add(
    "wecom.fetch_contact",
    Kind(
        "wecom.fetch_contact",
        Words("获取客户详情", "Fetch a customer"),
        Again.HARMLESS,
        _fetch,
        _settle,
        quotas=FETCH_CONTACT_CALLS,
    ),
)
