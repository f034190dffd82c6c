"""What is looked after by itself."""

from __future__ import annotations

from cove.engine.channels.ads import queries
from cove.engine.channels.ads.commands.accounts import order_due_pull
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.jobs.rounds import each


@each("minute", "ads.pull_leads")
def pull_leads() -> None:
    """Ask the accounts that are due for their leads."""
    for due in queries.due_for_pull(clock.now()):
        order_due_pull(Actor.system(due.tenant_id), account_id=due.account_id)
