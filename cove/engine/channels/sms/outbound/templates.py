from __future__ import annotations

import httpx

from cove.engine.channels.delivery.contracts import Again, Kind, Order, Outcome, Sent, State, Verdict, kinds
from cove.engine.channels.delivery.facade import off_loop
from cove.engine.channels.sms import queries
from cove.engine.channels.sms.client.line import Line
from cove.engine.channels.sms.client.providers import calls_of
from cove.engine.channels.sms.commands.accounts import note_problem
from cove.engine.channels.sms.commands.templates import SYNC, keep_signatures, keep_templates, note_synced
from cove.engine.channels.sms.errors import NoAnswer, NotConfigured, ProviderError, Unreachable
from cove.engine.channels.sms.outbound.performing import outcome_of
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.words import Words


async def _perform(order: Order, http: httpx.AsyncClient) -> Outcome:
    who, account_id = Actor.system(order.tenant_id), order.payload["account_id"]
    try:
        line = Line(await off_loop(queries.account_credentials, who, account_id), http)
        calls, codes = calls_of(line.credentials.provider), await off_loop(queries.signature_codes, who, account_id)
        found = {"templates": await calls.templates(line), "signatures": await calls.signatures(line, codes)}
    except (ProviderError, Unreachable, NoAnswer, NotConfigured) as error:
        return outcome_of(error)
    return Sent(found | {"whole": line.credentials.provider == "aliyun"})


def _settle(actor: Actor, order: Order, verdict: Verdict) -> None:
    account_id, found = order.payload["account_id"], verdict.result
    if verdict.state is State.SENT:
        keep_templates(actor, sms_account_id=account_id, found=found["templates"])
        keep_signatures(actor, sms_account_id=account_id, found=found["signatures"], whole=found["whole"])
    # One that failed is asked again tomorrow, or when somebody presses the button; the reason is shown until then.
    note_problem(actor, account_id=account_id, reason="" if verdict.state is State.SENT else verdict.reason)
    note_synced(actor, account_id=account_id, at=clock.now())


SYNC_TEMPLATES = kinds.add(
    SYNC,
    Kind(
        SYNC,
        Words("同步短信模板与签名", "Synchronise templates and signatures"),
        Again.HARMLESS,
        _perform,
        _settle,
        channel="",
    ),
)
