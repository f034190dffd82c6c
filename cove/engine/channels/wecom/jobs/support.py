"""Taking over the accounts of customer service, and what was said there unheard."""

from __future__ import annotations

import structlog

from cove.engine.channels.delivery.facade import off_loop
from cove.engine.channels.wecom.client import support
from cove.engine.channels.wecom.client.line import Line
from cove.engine.channels.wecom.commands.servicers import take_over_kf_accounts
from cove.engine.channels.wecom.commands.support import read_unheard
from cove.engine.channels.wecom.errors import WeComError
from cove.kernel import clock
from cove.kernel.actor import Actor

log = structlog.get_logger(__name__)


async def take_over_support(line: Line, actor: Actor) -> None:
    """Read accounts and who serves them, and ask for what was said since.

    An application without that right passes it over; the doctor's page says so.
    """
    try:
        accounts = await support.list_accounts(line)
        servicers = {
            one.open_kfid: [who.userid for who in await support.list_servicers(line, one.open_kfid) if who.userid]
            for one in accounts
        }
    except WeComError as error:
        log.info("customer service of WeCom is not read", tenant=actor.tenant_id, errcode=error.errcode)
        return
    await off_loop(take_over_kf_accounts, actor, accounts=accounts, servicers=servicers)
    await off_loop(read_unheard, actor, key=f"compared:{clock.now().timestamp()}")
