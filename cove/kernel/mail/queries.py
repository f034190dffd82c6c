from __future__ import annotations

from django.db import connection
from django.db.models import QuerySet

from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.mail.commands import KEPT
from cove.kernel.mail.models import Mail
from cove.kernel.mail.permissions import SEE_MAILS
from cove.kernel.scope import every_tenant

# The sender of a row holds an advisory lock with its claim's number for as long as its connection lives.
_ORPHANS = """
SELECT tenant_id, id, claimed_by FROM mail m
WHERE state IN ('sending', 'handing_over') AND NOT EXISTS (
    SELECT 1 FROM pg_locks l WHERE l.locktype = 'advisory' AND l.objsubid = 1 AND l.granted
    AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
    AND ((l.classid::bigint << 32) | l.objid::bigint) = m.claimed_by)
ORDER BY id
"""


def mails(actor: Actor, *, state: str = "") -> QuerySet[Mail]:
    """Return the tenant's mails without their bodies, newest first. Raises Forbidden."""
    actor.require(SEE_MAILS)
    rows = Mail.visible_to(actor)
    return rows.filter(state=state) if state else rows


def due_mails(limit: int) -> list[tuple[int, int]]:
    """Return what is due as (tenant, mail), those waiting longest first."""
    with every_tenant("the mail loop finds what is due"):
        rows = Mail.unsealed.filter(state=Mail.State.PENDING, not_before__lte=clock.now()).order_by("not_before", "id")
        return list(rows.values_list("tenant_id", "id")[:limit])


def orphaned_mails() -> list[tuple[int, int, int]]:
    """Return the mails under way whose sender is gone, as (tenant, mail, claim)."""
    with every_tenant("the mail loop finds what a dead process left"), connection.cursor() as cursor:
        cursor.execute(_ORPHANS)
        return [(tenant_id, mail_id, claim) for tenant_id, mail_id, claim in cursor.fetchall()]


def tenants_with_old_mails() -> list[int]:
    """Return the tenants that have mails to forget."""
    with every_tenant("the mail loop finds what is old"):
        old = Mail.unsealed.filter(finished_at__lt=clock.now() - KEPT)
        return list(old.values_list("tenant_id", flat=True).distinct())
