from __future__ import annotations

import httpx

from cove.engine.channels.delivery.contracts import Again, Kind, Order, Outcome, Refused, Sent, Verdict, kinds
from cove.engine.channels.delivery.facade import off_loop
from cove.engine.channels.sms import queries
from cove.engine.channels.sms.client.line import Line
from cove.engine.channels.sms.client.providers import calls_of
from cove.engine.channels.sms.commands.accounts import note_problem
from cove.engine.channels.sms.commands.messages import MARKETING, NOTICE, note_errcode, note_outcome
from cove.engine.channels.sms.errors import NoAnswer, NotConfigured, ProviderError, Unreachable
from cove.engine.channels.sms.outbound.performing import FAILURES, outcome_of
from cove.kernel.actor import Actor
from cove.kernel.words import Words


async def _perform(order: Order, http: httpx.AsyncClient) -> Outcome:
    who, message_id = Actor.system(order.tenant_id), order.payload["message_id"]
    try:
        letter = await off_loop(queries.letter, who, message_id)
        if letter is None:
            return Refused("record_gone")
        line = Line(letter.credentials, http)
        serial = await calls_of(line).send(line, letter.text)
    except ProviderError as error:
        reason = error.trouble.reason
        await off_loop(note_errcode, who, message_id=message_id, errcode=error.errcode)
        if reason in FAILURES:
            await off_loop(note_problem, who, account_id=line.credentials.account_id, reason=reason)
        return outcome_of(error)
    except (Unreachable, NoAnswer, NotConfigured) as error:
        return outcome_of(error)
    await off_loop(note_problem, who, account_id=line.credentials.account_id, reason="")
    return Sent({"serial": serial})


def _settle(actor: Actor, order: Order, verdict: Verdict) -> None:
    said = order.payload
    note_outcome(actor, message_id=said["message_id"], member_id=said["member_id"], verdict=verdict)


SEND_MARKETING = kinds.add(
    MARKETING,
    Kind(
        MARKETING,
        Words("发送营销短信", "Send a marketing text message"),
        # Providers know no key by which they would drop the second one.
        Again.UNSAFE,
        _perform,
        _settle,
        purpose="marketing",
        channel="sms",
    ),
)
SEND_NOTICE = kinds.add(
    NOTICE,
    Kind(
        NOTICE, Words("发送通知短信", "Send a notice as text message"), Again.UNSAFE, _perform, _settle, channel="sms"
    ),
)
