"""Console: the audit log, and the history of one record."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Query, Router

from cove.kernel.audit import queries
from cove.kernel.audit.answers import (
    causes_of,
    change_answer,
    details_of,
    entry_answer,
    entry_fields,
    names_for,
)
from cove.kernel.audit.commands import start_export
from cove.kernel.audit.deeds import deeds
from cove.kernel.audit.noting import record_kinds
from cove.kernel.audit.permissions import EXPORT_AUDIT, SEE_AUDIT, SEE_HISTORY
from cove.kernel.audit.schemas import (
    AuditChoice,
    AuditChoicesAnswer,
    AuditEntryAnswer,
    AuditEntryDetailAnswer,
    AuditExport,
    AuditHistoryAnswer,
    EntriesAsked,
)
from cove.kernel.errors import Forbidden, NotFound
from cove.kernel.http.answers import refusals
from cove.kernel.http.doors import actor
from cove.kernel.http.gates import needs
from cove.kernel.jobs.api import JobAnswer, job_answer
from cove.kernel.operations import operations
from cove.kernel.paging import DEFAULT_LIMIT, Page, bounded_count, slice_after
from cove.kernel.records import record_of

console = Router(tags=["audit"])


@console.get("/audit", response={200: Page[AuditEntryAnswer], **refusals(Forbidden)}, **needs(SEE_AUDIT))
def list_entries(
    request: HttpRequest, query: Query[EntriesAsked], cursor: str | None = None, limit: int = DEFAULT_LIMIT
) -> Page[AuditEntryAnswer]:
    """List what was done, newest first; `search` looks for names of members and records, `until` is excluded."""
    wanted = queries.AuditFilter(**query.model_dump())
    rows = queries.audit_entries(actor(request), wanted)
    found, following = slice_after(rows, sort="-at", cursor=cursor, limit=limit)
    total, exact = bounded_count(rows)
    names = names_for(found)
    items = [entry_answer(row, names) for row in found]
    return Page(items=items, next_cursor=following, total=total, total_exact=exact)


@console.get("/audit/choices", response={200: AuditChoicesAnswer, **refusals(Forbidden)}, **needs(SEE_AUDIT))
def list_choices(request: HttpRequest) -> AuditChoicesAnswer:
    """List what the log can be narrowed by."""
    return AuditChoicesAnswer(
        deeds=[AuditChoice(value=one.key, label=one.label.here()) for one in deeds],
        operations=[AuditChoice(value=one.key, label=one.label.here()) for one in operations],
        records=[AuditChoice(value=kind, label=record_of(kind).label.here()) for kind in record_kinds()],
    )


@console.post("/audit/export", response={200: JobAnswer, **refusals(Forbidden)}, **needs(EXPORT_AUDIT))
def export_log(request: HttpRequest, payload: AuditExport) -> JobAnswer:
    """Start writing the entries that fit into a file; the job leads to it."""
    asked = payload.asked.model_dump(mode="json", exclude_defaults=True)
    return job_answer(start_export(actor(request), asked=asked, kind=payload.kind))


@console.get(
    "/audit/of/{record}/{record_id}",
    response={200: Page[AuditHistoryAnswer], **refusals(Forbidden, NotFound)},
    **needs(SEE_HISTORY),
)
def list_history(
    request: HttpRequest, record: str, record_id: int, cursor: str | None = None, limit: int = DEFAULT_LIMIT
) -> Page[AuditHistoryAnswer]:
    """List what happened to one record (`record` is its kind, such as ``people_contact``), newest first, with what changed."""
    who = actor(request)
    rows = queries.record_history(who, record, record_id)
    found, following = slice_after(rows, sort="-at", cursor=cursor, limit=limit)
    changes = queries.changes_of(who, [row.id for row in found], about=(record, record_id))
    names = names_for(found, [one for many in changes.values() for one in many])
    items = [
        AuditHistoryAnswer(
            **entry_fields(row, names),
            causes=causes_of(row),
            changes=[change_answer(who, one, names) for one in changes.get(row.id, ())],
        )
        for row in found
    ]
    return Page(items=items, next_cursor=following)


@console.get(
    "/audit/{entry_id}",
    response={200: AuditEntryDetailAnswer, **refusals(Forbidden, NotFound)},
    **needs(SEE_AUDIT),
)
def read_entry(request: HttpRequest, entry_id: int) -> AuditEntryDetailAnswer:
    """Read one entry with what it changed; the first 500 rows."""
    who = actor(request)
    row = queries.audit_entry(who, entry_id)
    changes = queries.changes_of(who, [entry_id]).get(entry_id, [])
    names = names_for([row], changes)
    return AuditEntryDetailAnswer(
        **entry_fields(row, names),
        agent=row.agent,
        request_id=row.request_id,
        path=row.path,
        session_id=row.session_id,
        causes=causes_of(row),
        inner=row.inner,
        details=details_of(row),
        record_ids=row.record_ids or [],
        changes=[change_answer(who, one, names) for one in changes],
        changed_rows=queries.changed_rows(who, entry_id),
    )
