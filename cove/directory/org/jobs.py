"""What the organisation looks after again and again."""

from __future__ import annotations

from datetime import timedelta

from cove.directory.org import queries
from cove.directory.org.commands.notices import drop_old_notices
from cove.directory.org.commands.sendings import send_due
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.rounds import every

NOTICES_KEPT = timedelta(days=90)


@every("org.send_due_notices", seconds=5)
def send_due_notices() -> None:
    """Let go the notices that waited for an hour: daily mails, the end of quiet hours or of a burst."""
    for tenant_id in queries.notices.tenants_with_due(clock.now()):
        send_due(Actor.system(tenant_id))


@every("org.drop_old_notices", seconds=3600)
def drop_notices() -> None:
    """Drop notices after 90 days."""
    before = clock.now() - NOTICES_KEPT
    for tenant_id in queries.notices.tenants_with_old(before):
        drop_old_notices(Actor.system(tenant_id), before=before)
