"""What is looked after by itself."""

from __future__ import annotations

from cove.engine.channels.sms import queries
from cove.engine.channels.sms.commands.accounts import order_pull
from cove.engine.channels.sms.commands.receipts import drop_early
from cove.engine.channels.sms.commands.templates import order_due_sync
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.jobs.rounds import each


@each("minute", "sms.sync_templates")
def sync_templates() -> None:
    """Look at the templates and signatures of the accounts that are due."""
    for due in queries.due_for_sync(clock.now()):
        order_due_sync(Actor.system(due.tenant_id), account_id=due.account_id)


@each("minute", "sms.fetch_receipts")
def fetch_receipts() -> None:
    """Ask for the receipts that were not pushed."""
    for due in queries.due_for_pull(clock.now()):
        who = Actor.system(due.tenant_id)
        order_pull(who, account_id=due.account_id)
        drop_early(who)
