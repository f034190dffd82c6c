"""What may be taken out of the audit log: entries that are old enough, and what it says of a person who was erased.

Both are done by functions of the database that write their own entry in the same breath.
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from django.db import connection

from cove.kernel.actor import Actor
from cove.kernel.audit.deeds import EXPIRED, FORGOTTEN, Deed
from cove.kernel.audit.entries import Entry
from cove.kernel.audit.models import AuditEntry
from cove.kernel.audit.permissions import EXPORT_AUDIT, KEEP_AUDIT
from cove.kernel.command import command
from cove.kernel.database.functions import SHORTEST_KEEPING_DAYS
from cove.kernel.jobs.commands import start_job
from cove.kernel.jobs.job import jobs
from cove.kernel.jobs.models import JobRun
from cove.kernel.personal_data import Retained, keeps
from cove.kernel.records import kind_flagged
from cove.kernel.words import Words, current_language

EXPORT_JOB = "audit.export_entries"
USUAL_KEEPING_DAYS = 1_095


@command(KEEP_AUDIT, audited=False)
def expire_audit(actor: Actor, *, before: datetime, at_most: int) -> int:
    """Drop up to `at_most` entries from before a moment, never one younger than 180 days; return how many went."""
    with connection.cursor() as cursor:
        said = _said(actor, EXPIRED)
        cursor.execute("SELECT audit_expire(%s, %s, %s, %s)", [actor.tenant_id, before, at_most, said])
        return int(cursor.fetchone()[0])


@command(KEEP_AUDIT, audited=False)
def forget_person(actor: Actor, *, contact_id: int) -> int:
    """Blank the values of every change that was about a contact; who did what and when stays. Returns how many changes."""
    said = _said(actor, FORGOTTEN, (kind_flagged("is_the_person"), contact_id))
    with connection.cursor() as cursor:
        cursor.execute("SELECT audit_forget_person(%s, %s, %s)", [actor.tenant_id, contact_id, said])
        return int(cursor.fetchone()[0])


@command(EXPORT_AUDIT)
def start_export(actor: Actor, *, asked: dict[str, Any], kind: str) -> JobRun:
    """Start writing the entries that fit `asked` (fields of `EntriesAsked`) into a file, as ``csv`` or ``xlsx``; return the job."""
    return start_job(actor, jobs[EXPORT_JOB], asked=asked, kind=kind, language=current_language())


def _said(actor: Actor, deed: Deed, record: tuple[str, int] | None = None) -> str:
    return json.dumps(Entry(actor, deed.key, record=record).row())


OLD_ENTRIES = keeps(
    Retained(
        "audit.entries",
        Words("审计日志", "Audit log"),
        SHORTEST_KEEPING_DAYS,
        USUAL_KEEPING_DAYS,
        lambda actor, before: AuditEntry.objects.filter(tenant_id=actor.tenant_id, at__lt=before).count(),
        lambda actor, before, most: expire_audit(actor, before=before, at_most=most),
    )
)
