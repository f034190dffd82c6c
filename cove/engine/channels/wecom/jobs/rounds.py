"""What is looked after every minute: news that never arrived, and tasks whose results must be asked for."""

from __future__ import annotations

from datetime import timedelta

import structlog

from cove.engine.channels.wecom import queries
from cove.engine.channels.wecom.commands.archive import pull_archive
from cove.engine.channels.wecom.commands.sync import catch_up
from cove.engine.channels.wecom.commands.tending import ask_for_results
from cove.engine.channels.wecom.commands.transfers import ask_for_transfers, check_transfers
from cove.kernel.actor import Actor
from cove.kernel.jobs.rounds import each

CATCH_UP_EVERY = timedelta(hours=6)

log = structlog.get_logger(__name__)


@each("minute", "wecom.tend")
def tend_everywhere() -> None:
    """Look after the channel of every tenant that has one."""
    for tenant_id in queries.tenants_with_channel():
        try:
            tend(Actor.system(tenant_id))
        except Exception:
            log.exception("a tenant's WeCom could not be looked after", tenant=tenant_id)


def tend(actor: Actor) -> None:
    """Compare with the platform when the last time is long ago; ask for transfers that are wanted, and how tasks went."""
    catch_up(actor, at_most_every=CATCH_UP_EVERY)
    ask_for_transfers(actor)
    check_transfers(actor)
    ask_for_results(actor)
    pull_archive(actor)
