"""What may be taken out of the audit log: entries that are old enough, and what it says of a person who was erased.

Both are done by functions of the database that write their own entry in the same breath.
"""

from __future__ import annotations

import json
from datetime import timedelta

from django.db import connection

from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.audit.deeds import EXPIRED, FORGOTTEN, Deed
from cove.kernel.audit.entries import Entry
from cove.kernel.audit.models import AuditPolicy
from cove.kernel.audit.permissions import CONFIGURE_AUDIT, KEEP_AUDIT
from cove.kernel.audit.queries import audit_keep_days
from cove.kernel.command import command
from cove.kernel.records import kind_flagged

AT_ONCE = 5_000


@command(CONFIGURE_AUDIT)
def keep_audit_for(actor: Actor, *, days: int) -> AuditPolicy:
    """Keep entries of the tenant for so many days; the database keeps each for 180 days whatever is said here."""
    policy, _ = AuditPolicy.objects.update_or_create(tenant_id=actor.tenant_id, defaults={"keep_days": days})
    return policy


@command(KEEP_AUDIT, audited=False)
def expire_audit(actor: Actor, *, keep_days: int | None = None) -> int:
    """Drop up to 5,000 entries that are older than `keep_days` (the tenant's choice by default); return how many went."""
    days = keep_days or audit_keep_days(actor)
    said = _said(actor, EXPIRED)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT audit_expire(%s, %s, %s, %s)",
            [actor.tenant_id, clock.now() - timedelta(days=days), AT_ONCE, said],
        )
        return int(cursor.fetchone()[0])


@command(KEEP_AUDIT, audited=False)
def forget_person(actor: Actor, *, contact_id: int) -> int:
    """Blank the values of every change that was about a contact; who did what and when stays. Returns how many changes."""
    said = _said(actor, FORGOTTEN, (kind_flagged("is_the_person"), contact_id))
    with connection.cursor() as cursor:
        cursor.execute("SELECT audit_forget_person(%s, %s, %s)", [actor.tenant_id, contact_id, said])
        return int(cursor.fetchone()[0])


def _said(actor: Actor, deed: Deed, record: tuple[str, int] | None = None) -> str:
    return json.dumps(Entry(actor, deed.key, record=record).row())
