from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet

from cove.kernel.actor import Actor
from cove.kernel.audit.models import AuditChange, AuditEntry
from cove.kernel.audit.permissions import SEE_AUDIT, SEE_HISTORY
from cove.kernel.errors import NotFound
from cove.kernel.records import called_like, kind_flagged, may_see, models_by_kind

CHANGES_SHOWN = 500


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """What to look for; empty fields narrow nothing."""

    member_id: int | None = None
    deed: str = ""
    operation: str = ""
    command: str = ""
    record: str = ""
    record_id: int | None = None
    door: str | None = None
    outcome: str | None = None
    actor_kind: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    first_day: date | None = None
    last_day: date | None = None
    search: str = ""


def audit_entries(actor: Actor, wanted: AuditFilter) -> QuerySet[AuditEntry]:
    """Return the entries of the actor's tenant that fit; raises Forbidden without the right."""
    actor.require(SEE_AUDIT)
    rows = AuditEntry.objects.filter(tenant_id=actor.tenant_id)
    for name in ("member_id", "deed", "operation", "command", "door", "outcome", "actor_kind"):
        if (value := getattr(wanted, name)) not in ("", None):
            rows = rows.filter(**{name: value})
    rows = rows.filter(_within(actor, wanted))
    if wanted.record and wanted.record_id is not None:
        rows = rows.filter(_of_record(actor, wanted.record, wanted.record_id))
    elif wanted.record:
        rows = rows.filter(record_kind=wanted.record)
    if text := wanted.search.strip():
        rows = rows.filter(_named(text))
    return rows


def timezone_of(actor: Actor) -> str:
    """Return the zone of the actor's tenant, an IANA name."""
    tenant = models_by_kind()[kind_flagged("is_the_tenant")]
    return str(tenant._default_manager.values_list("timezone", flat=True).get(pk=actor.tenant_id))  # noqa: SLF001 -- Django's documented API


def record_history(actor: Actor, kind: str, row_id: int) -> QuerySet[AuditEntry]:
    """Return what happened to one record; raises Forbidden without the right, NotFound if the actor may not see the record."""
    actor.require(SEE_HISTORY)
    if not may_see(actor, kind, row_id):
        raise NotFound
    rows = AuditEntry.objects.filter(tenant_id=actor.tenant_id, outcome=AuditEntry.Outcome.DONE)
    return rows.filter(_of_record(actor, kind, row_id))


def audit_entry(actor: Actor, entry_id: int) -> AuditEntry:
    """Return one entry; raises NotFound."""
    row = audit_entries(actor, AuditFilter()).filter(id=entry_id).first()
    if row is None:
        raise NotFound
    return row


def changes_of(
    actor: Actor, entry_ids: list[int], *, about: tuple[str, int] | None = None
) -> dict[int, list[AuditChange]]:
    """Return the changes of entries, in the order they were made; of each page of entries no more than 500 rows.

    With `about` (table, id) only those of that record: its own row, and what belongs to it if it is a person. Of an entry
    whose main record it is, all.
    """
    rows = AuditChange.objects.filter(tenant_id=actor.tenant_id, entry_id__in=entry_ids)
    if about is not None:
        kind, row_id = about
        mine = AuditEntry.objects.filter(id__in=entry_ids, record_kind=kind, record_id=row_id)
        its = Q(kind=kind, row_id=row_id) | Q(entry_id__in=mine.values("id"))
        if kind == kind_flagged("is_the_person"):
            its |= Q(contact_id=row_id)
        rows = rows.filter(its)
    found: dict[int, list[AuditChange]] = {}
    for row in rows.order_by("entry_id", "id")[:CHANGES_SHOWN]:
        found.setdefault(row.entry_id, []).append(row)
    return found


def changed_rows(actor: Actor, entry_id: int) -> int:
    """Return how many rows an entry changed, those that were only summed up included."""
    from django.db.models import Sum

    total = AuditChange.objects.filter(tenant_id=actor.tenant_id, entry_id=entry_id).aggregate(n=Sum("rows"))["n"]
    return int(total or 0)


def _within(actor: Actor, wanted: AuditFilter) -> Q:
    found = Q()
    if wanted.since:
        found &= Q(at__gte=wanted.since)
    if wanted.until:
        found &= Q(at__lt=wanted.until)
    if wanted.first_day or wanted.last_day:
        zone = ZoneInfo(timezone_of(actor))
        if wanted.first_day:
            found &= Q(at__gte=datetime.combine(wanted.first_day, time(), zone))
        if wanted.last_day:
            found &= Q(at__lt=datetime.combine(wanted.last_day + timedelta(days=1), time(), zone))
    return found


def _of_record(actor: Actor, kind: str, row_id: int) -> Q:
    """Return the condition that an entry was about a record, or changed its row, or one that belongs to this person.

    A union, not a chain of ORs: each branch is answered by its own index, however long the log is.
    """
    entries = AuditEntry.objects.filter(tenant_id=actor.tenant_id, record_kind=kind)
    changed = AuditChange.objects.filter(tenant_id=actor.tenant_id)
    branches = [
        entries.filter(record_ids__contains=[row_id]).values("id"),
        changed.filter(kind=kind, row_id=row_id).values("entry_id"),
    ]
    if kind == kind_flagged("is_the_person"):
        branches.append(changed.filter(contact_id=row_id).values("entry_id"))
    return Q(id__in=entries.filter(record_id=row_id).values("id").union(*branches))


def _named(text: str) -> Q:
    found = Q(pk__in=[])
    for kind, ids in called_like(text).items():
        found |= Q(record_kind=kind, record_id__in=ids)
        if kind == kind_flagged("is_the_member"):
            found |= Q(member_id__in=ids)
    return found
