"""Long work of the organisation, and what it looks after again and again."""

from __future__ import annotations

from datetime import timedelta

from cove.directory.org import queries
from cove.directory.org.commands.imports import (
    BATCH,
    IMPORT_JOB,
    settle_import,
    write_batch,
    write_departments,
)
from cove.directory.org.commands.notices import drop_old_notices
from cove.directory.org.commands.sendings import send_due
from cove.directory.org.queries.imports import lines_to_write
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.jobs.job import Progress, job
from cove.kernel.jobs.rounds import each
from cove.kernel.words import Words

NOTICES_KEPT = timedelta(days=90)
_WRITING = Words("正在导入成员", "Importing members")
_DONE = Words("新增成员 {made} 人，更新 {changed} 人", "{made} members made, {changed} changed")


@job(IMPORT_JOB, zh="导入成员", en="Import members")
def import_members(progress: Progress, actor: Actor, *, import_id: int) -> str:
    """Write a confirmed list of members, batch by batch; each batch is whole or not there, and may be written twice."""
    made = changed = 0
    done = False
    try:
        total = lines_to_write(actor, import_id)
        write_departments(actor, import_id=import_id)
        for start in range(0, total, BATCH):
            progress.report(done=start, total=total, message=_WRITING.here())
            new, old = write_batch(actor, import_id=import_id, start=start)
            made, changed = made + new, changed + old
        progress.report(done=total, total=total, message=_WRITING.here())
        done = True
    finally:
        settle_import(actor, import_id=import_id, made=made, changed=changed, done=done)
    return _DONE.here({"made": made, "changed": changed})


@each("minute", "org.send_due_notices")
def send_due_notices() -> None:
    """Let go the notices that waited for an hour: daily mails, the end of quiet hours or of a burst."""
    for tenant_id in queries.notices.tenants_with_due(clock.now()):
        send_due(Actor.system(tenant_id))


@each("night", "org.drop_old_notices")
def drop_notices() -> None:
    """Drop notices after 90 days."""
    before = clock.now() - NOTICES_KEPT
    for tenant_id in queries.notices.tenants_with_old(before):
        drop_old_notices(Actor.system(tenant_id), before=before)
