"""Asking for receipts and answers that were not pushed."""

from __future__ import annotations

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


async def _perform(order: Order, http: httpx.AsyncClient) -> Outcome:
    who, account_id = Actor.system(order.tenant_id), order.payload["account_id"]
    receipts: list[Receipt] = []
    replies: list[Reply] = []
    try:
        line = Line(await off_loop(queries.account_credentials, who, account_id), http)
        if line.credentials.provider == "aliyun":
            for one in await off_loop(queries.awaited, who, account_id):
                found = await aliyun.fetch_receipt(line, serial=one.serial, phone=one.phone, sent_at=one.sent_at)
                receipts += [found] if found else []
        else:
            receipts, replies = await _queues(line)
    except (ProviderError, Unreachable, NoAnswer, NotConfigured) as error:
        # The platform hands out each once: what came before the error is kept.
        if not receipts and not replies:
            return outcome_of(error)
    return Sent({"receipts": receipts, "replies": replies})


async def _queues(line: Line) -> tuple[list[Receipt], list[Reply]]:
    receipts: list[Receipt] = []
    replies: list[Reply] = []
    for _ in range(MOST_PAGES):
        page = await tencent.pull_receipts(line)
        receipts += page
        if len(page) < tencent.ROWS_A_PAGE:
            break
    for _ in range(MOST_PAGES):
        said = await tencent.pull_replies(line)
        replies += said
        if len(said) < tencent.ROWS_A_PAGE:
            break
    return receipts, replies


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
