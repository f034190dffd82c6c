"""Telling platforms what became of leads and clicks."""

from __future__ import annotations

import httpx

from cove.engine.channels.ads import queries
from cove.engine.channels.ads.client.line import Line
from cove.engine.channels.ads.client.platforms import CALLS
from cove.engine.channels.ads.commands.leads import CLICK_FEEDBACK, FEEDBACK, note_reported
from cove.engine.channels.ads.contracts.leads import CLICK_PARAMETERS, Conversion
from cove.engine.channels.ads.errors import NoAnswer, NotConfigured, PlatformError, Unreachable
from cove.engine.channels.ads.outbound.performing import outcome_of
from cove.engine.channels.delivery.contracts import Again, Kind, Later, Order, Outcome, Sent, Verdict, kinds
from cove.engine.channels.delivery.facade import off_loop
from cove.engine.timeline import facade as timeline
from cove.engine.timeline.contracts import LastClick
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.clickhouse.client import ClickHouseAway
from cove.kernel.scope import tenant_scope
from cove.kernel.words import Words

Errors = (PlatformError, Unreachable, NoAnswer, NotConfigured)


async def _report_lead(order: Order, http: httpx.AsyncClient) -> Outcome:
    said = order.payload
    try:
        line = Line(await off_loop(queries.credentials, Actor.system(order.tenant_id), said["account_id"]), http)
        await CALLS[line.credentials.platform].report(line, Conversion(said["code"], number=said["number"]))
    except Errors as error:
        return outcome_of(error)
    return Sent()


async def _report_click(order: Order, http: httpx.AsyncClient) -> Outcome:
    said, who = order.payload, Actor.system(order.tenant_id)
    try:
        line = Line(await off_loop(queries.credentials, who, said["account_id"]), http)
        names = CLICK_PARAMETERS[line.credentials.platform]
        click = await off_loop(_last_click, who, said["contact_id"], names)
        if click is None:
            # Most people did not come by an advertisement: nothing to tell, and nothing went wrong.
            return Sent({"nothing": True})
        conversion = Conversion(said["code"], click_id=click.click_id, url=click.url, at=clock.now())
        await CALLS[line.credentials.platform].report(line, conversion)
    except Errors as error:
        return outcome_of(error)
    except ClickHouseAway:
        return Later("busy", seconds=30, retries=20)
    return Sent()


def _last_click(who: Actor, contact_id: int, names: tuple[str, ...]) -> LastClick | None:
    # Whoever carries orders out belongs to no company.
    with tenant_scope(who.tenant_id):
        return timeline.last_click(who, contact_id, names)


def _settle(actor: Actor, order: Order, verdict: Verdict) -> None:
    said = order.payload
    note_reported(
        actor,
        account_id=said["account_id"],
        contact_id=said["contact_id"],
        event=said["event"],
        verdict=verdict,
        lead_id=said.get("lead_id"),
    )


REPORT_LEAD = kinds.add(
    FEEDBACK,
    Kind(
        FEEDBACK,
        Words("回传线索转化", "Report what became of a lead"),
        Again.HARMLESS,
        _report_lead,
        _settle,
        channel="",
    ),
)
REPORT_CLICK = kinds.add(
    CLICK_FEEDBACK,
    Kind(
        CLICK_FEEDBACK,
        Words("回传点击转化", "Report what became of a click"),
        Again.HARMLESS,
        _report_click,
        _settle,
        channel="",
    ),
)
