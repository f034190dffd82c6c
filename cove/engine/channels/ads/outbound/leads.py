from __future__ import annotations

import asyncio

import httpx

from cove.engine.channels.ads import queries
from cove.engine.channels.ads.client.line import Line
from cove.engine.channels.ads.client.platforms import CALLS
from cove.engine.channels.ads.commands.accounts import PULL, note_pull
from cove.engine.channels.ads.commands.leads import take_leads
from cove.engine.channels.ads.contracts.leads import Lead
from cove.engine.channels.ads.errors import NoAnswer, NotConfigured, PlatformError, Unreachable
from cove.engine.channels.ads.outbound.performing import outcome_of
from cove.engine.channels.delivery.contracts import Again, Kind, Order, Outcome, Sent, State, Verdict, kinds
from cove.engine.channels.delivery.facade import off_loop
from cove.kernel.actor import Actor
from cove.kernel.words import Words

ENOUGH_SECONDS = 15.0
"""After which no further piece is begun: what is there has to be kept before the outbox loses its patience."""


async def _perform(order: Order, http: httpx.AsyncClient) -> Outcome:
    who, account_id = Actor.system(order.tenant_id), order.payload["account_id"]
    leads: list[Lead] = []
    until = None
    clock_of_loop = asyncio.get_running_loop().time
    end = clock_of_loop() + ENOUGH_SECONDS
    try:
        line = Line(await off_loop(queries.credentials, who, account_id), http)
        span = await off_loop(queries.span_to_pull, who, account_id)
        for piece in span.pieces():
            leads += await CALLS[line.credentials.platform].pull(line, piece.since, piece.until)
            until = piece.until
            if clock_of_loop() >= end:
                break
    except (PlatformError, Unreachable, NoAnswer, NotConfigured) as error:
        # Whole pieces that came before the error, or within the time, are kept; the next pull goes on behind them.
        if until is None:
            return outcome_of(error)
    return Sent({"leads": leads, "until": until})


def _settle(actor: Actor, order: Order, verdict: Verdict) -> None:
    account_id, sent = order.payload["account_id"], verdict.state is State.SENT
    if sent:
        take_leads(actor, account_id=account_id, leads=verdict.result["leads"])
    until = verdict.result["until"] if sent else None
    note_pull(actor, account_id=account_id, until=until, problem="" if sent else verdict.reason)


PULL_LEADS = kinds.add(
    PULL, Kind(PULL, Words("拉取广告线索", "Ask for leads"), Again.HARMLESS, _perform, _settle, channel="")
)
