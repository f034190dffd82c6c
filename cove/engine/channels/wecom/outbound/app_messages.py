from __future__ import annotations

import httpx
from django.conf import settings

from cove.directory.org import facade as org
from cove.directory.org.contracts import NoticeLetter
from cove.engine.channels.delivery.contracts import Again, Kind, Order, Outcome, Refused, Sent, State, Verdict, kinds
from cove.engine.channels.delivery.facade import off_loop
from cove.engine.channels.wecom.client.app_messages import send_card
from cove.engine.channels.wecom.client.line import Line
from cove.engine.channels.wecom.outbound.performing import performed
from cove.kernel.actor import Actor
from cove.kernel.scope import tenant_scope
from cove.kernel.words import Words


def _letter(order: Order) -> NoticeLetter | None:
    with tenant_scope(order.tenant_id):
        return org.notice_letter(Actor.system(order.tenant_id), order.payload["sending_ids"])


async def _perform(order: Order, http: httpx.AsyncClient) -> Outcome:
    # Read now and not when it was ordered: nothing about people is kept in the outbox.
    letter = await off_loop(_letter, order)
    if letter is None:
        return Sent({"unreached": []})
    if not letter.userids:
        return Refused("unknown_member")

    @performed
    async def send(line: Line, _order: Order) -> dict[str, list[str]]:
        url = f"{settings.PUBLIC_URL}{letter.url or '/notifications'}"
        unreached = await send_card(line, userids=letter.userids, title=letter.title, text=letter.text, url=url)
        return {"unreached": unreached}

    return await send(order, http)


def _settle(actor: Actor, order: Order, verdict: Verdict) -> None:
    sent = verdict.state is State.SENT
    org.note_notice_sendings(
        actor,
        sending_ids=order.payload["sending_ids"],
        reason=verdict.trouble,
        unreached=verdict.result.get("unreached", []) if sent else [],
    )


SEND_NOTICE = kinds.add(
    "wecom.send_notice",
    Kind(
        "wecom.send_notice",
        Words("发送应用消息", "Send an application message"),
        # The platform drops the same card within half an hour, so asking again after a lost answer tells nobody twice.
        Again.HARMLESS,
        _perform,
        _settle,
    ),
)
