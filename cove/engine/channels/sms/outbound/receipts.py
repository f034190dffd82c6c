"""Asking for receipts and answers that were not pushed."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import httpx

from cove.engine.channels.delivery.contracts import Again, Kind, Order, Outcome, Sent, State, Verdict, kinds
from cove.engine.channels.delivery.facade import off_loop
from cove.engine.channels.sms import queries
from cove.engine.channels.sms.client import aliyun, tencent
from cove.engine.channels.sms.client.line import Line
from cove.engine.channels.sms.commands.receipts import note_receipts, take_replies
from cove.engine.channels.sms.contracts.accounts import Receipt, Reply
from cove.engine.channels.sms.errors import NoAnswer, NotConfigured, ProviderError, Unreachable
from cove.engine.channels.sms.outbound.performing import outcome_of
from cove.kernel.actor import Actor
from cove.kernel.words import Words

MOST_PAGES = 20
ENOUGH_SECONDS = 15.0
"""After which nothing more is asked for: what was handed out has to be kept before the outbox loses its patience with us."""


async def _perform(order: Order, http: httpx.AsyncClient) -> Outcome:
    who, account_id = Actor.system(order.tenant_id), order.payload["account_id"]
    receipts: list[Receipt] = []
    replies: list[Reply] = []
    try:
        line = Line(await off_loop(queries.account_credentials, who, account_id), http)
        if line.credentials.provider == "aliyun":
            asking = _in_time()
            for one in await off_loop(queries.awaited, who, account_id):
                if next(asking, None) is None:
                    break
                found = await aliyun.fetch_receipt(line, serial=one.serial, phone=one.phone, sent_at=one.sent_at)
                receipts += [found] if found else []
        else:
            await _queues(line, receipts, replies)
    except (ProviderError, Unreachable, NoAnswer, NotConfigured) as error:
        # The platform hands out each once: what came before the error is kept.
        if not receipts and not replies:
            return outcome_of(error)
    return Sent({"receipts": receipts, "replies": replies})


async def _queues(line: Line, receipts: list[Receipt], replies: list[Reply]) -> None:
    """Empty both queues into the lists as they come: what was handed out before an error is handed out to nobody again."""
    asking = _in_time()
    for _ in zip(range(MOST_PAGES), asking, strict=False):
        page = await tencent.pull_receipts(line)
        receipts += page
        if len(page) < tencent.ROWS_A_PAGE:
            break
    for _ in zip(range(MOST_PAGES), asking, strict=False):
        said = await tencent.pull_replies(line)
        replies += said
        if len(said) < tencent.ROWS_A_PAGE:
            break


def _in_time() -> Iterator[bool]:
    """Yield as long as there is time for one more call."""
    clock_of_loop = asyncio.get_running_loop().time
    end = clock_of_loop() + ENOUGH_SECONDS
    while clock_of_loop() < end:
        yield True


def _settle(actor: Actor, order: Order, verdict: Verdict) -> None:
    if verdict.state is State.SENT:
        account_id = order.payload["account_id"]
        note_receipts(actor, account_id=account_id, receipts=verdict.result["receipts"])
        take_replies(actor, account_id=account_id, replies=verdict.result["replies"])


FETCH_RECEIPTS = kinds.add(
    "sms.fetch_receipts",
    Kind(
        "sms.fetch_receipts", Words("拉取短信回执", "Ask for receipts"), Again.HARMLESS, _perform, _settle, channel=""
    ),
)
