"""The audit log as a file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import IO, Any
from zoneinfo import ZoneInfo

from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.audit.answers import columns_changed, entry_answer, names_for
from cove.kernel.audit.commands import EXPORT_JOB
from cove.kernel.audit.models import AuditEntry
from cove.kernel.audit.noting import note_export
from cove.kernel.audit.permissions import AUDIT_FILE
from cove.kernel.audit.queries import AuditFilter, audit_entries, changes_of, timezone_of
from cove.kernel.audit.schemas import EntriesAsked
from cove.kernel.files.store import store_file
from cove.kernel.files.tables import MEDIA_TYPES, Cell, TableFormat, write_table
from cove.kernel.jobs.job import Progress, job
from cove.kernel.paging import beyond
from cove.kernel.words import Language, Words, speaking

KEPT_FOR = timedelta(days=7)
PAGE = 200

_NAME, _SHEET = Words("审计日志 {when}", "Audit log {when}"), Words("审计日志", "Audit log")
_DONE = Words("已导出 {count} 条审计记录", "{count} entries exported")
_HEADINGS = {
    "at": Words("时间", "Time"),
    "member": Words("成员", "Member"),
    "actor": Words("执行者", "Actor"),
    "label": Words("操作", "Deed"),
    "command": Words("命令", "Command"),
    "outcome": Words("结果", "Outcome"),
    "record": Words("对象类型", "Kind of record"),
    "title": Words("对象", "Record"),
    "record_id": Words("对象编号", "Number of the record"),
    "changed": Words("修改的字段", "Fields changed"),
    "door": Words("入口", "Door"),
    "address": Words("地址", "Address"),
}


@job(EXPORT_JOB, zh="导出审计日志", en="Export the audit log")
def export_entries(
    progress: Progress, actor: Actor, *, asked: dict[str, Any], kind: TableFormat, language: Language
) -> str:
    """Write the entries that fit, page by page, into a file of whoever asked; its making is an entry, too."""
    asker = Actor(actor.tenant_id, "member", member_id=progress.asked_by())
    wanted = AuditFilter(**EntriesAsked.model_validate(asked).model_dump())
    count = 0

    def write(out: IO[bytes]) -> None:
        nonlocal count
        headings = [words.here() for words in _HEADINGS.values()]
        rows = _lines(progress, actor, wanted)
        count = write_table(out, kind, headings=headings, rows=rows, timezone=timezone_of(actor), sheet=_SHEET.here())

    with speaking(language):
        when = f"{clock.now().astimezone(ZoneInfo(timezone_of(actor))):%Y-%m-%d %H%M}"
        name = f"{_NAME.here({'when': when})}.{kind}"
        file = store_file(
            asker, name=name, media_type=MEDIA_TYPES[kind], write=write, purpose=AUDIT_FILE, keep_for=KEPT_FOR
        )
        progress.lead_to(f"/api/files/{file.id}")
        note_export(asker, what="audit_entry", filter=asked, count=count, fields=list(_HEADINGS))
        return _DONE.here({"count": count})


def _lines(progress: Progress, actor: Actor, wanted: AuditFilter) -> Iterator[list[Cell]]:
    rows, done = audit_entries(actor, wanted).order_by("-at", "-id"), 0
    # What is written meanwhile is not in the file; each page is a short question of its own.
    last: tuple[datetime, int] | None = None
    total = rows.count()
    while page := list((rows if last is None else rows.filter(beyond("at", *last, descending=True)))[:PAGE]):
        names, changes = names_for(page), changes_of(actor, [row.id for row in page])
        for row in page:
            yield _line(row, names, columns_changed(changes.get(row.id, ())))
        done, last = done + len(page), (page[-1].at, page[-1].id)
        progress.report(done=done, total=max(done, total))


def _line(row: AuditEntry, names: dict[tuple[str, int], str], changed: str) -> list[Cell]:
    told = entry_answer(row, names)
    return [
        told.at,
        told.member.name if told.member else "",
        told.actor_kind,
        told.label,
        told.command,
        told.outcome,
        told.record.label if told.record else "",
        told.record.title if told.record else "",
        told.record.id if told.record else None,
        changed,
        told.door,
        told.address,
    ]
