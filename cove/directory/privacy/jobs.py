"""Long work of privacy: handing out, erasing, clearing what is old."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import IO, cast

from django.db import connection

from cove.directory.org import facade as org
from cove.directory.people import facade as people
from cove.directory.privacy.commands import erasures
from cove.directory.privacy.commands.data_files import EXPORT_JOB, KEPT_FOR, note_ready
from cove.directory.privacy.commands.erasures import ERASE_JOB
from cove.directory.privacy.commands.settings import CLEAN_UP_JOB, start_clean_up
from cove.directory.privacy.permissions import DATA_FILE
from cove.directory.privacy.queries.archive import write_archive
from cove.directory.privacy.queries.erasures import due, holders_in_order
from cove.directory.privacy.queries.settings import days_of, settings_of
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.files.store import delete_file, store_file
from cove.kernel.jobs.job import Progress, job
from cove.kernel.jobs.rounds import each
from cove.kernel.personal_data import STAGES, holders, retained
from cove.kernel.words import Language, Words, speaking

CHUNK = 2_000

_WAITED = Words("另一个任务正在处理", "Another job is at it")
_CLEARED = Words("清理了 {count} 条过期数据", "{count} old records were removed")


@job(ERASE_JOB, zh="删除个人数据", en="Erase a person")
def erase_person(progress: Progress, actor: Actor, *, erasure_id: int) -> str | None:
    """Carry out an erasure from wherever it stands."""
    with _turn(erasure_id) as mine:
        if not mine:
            return _WAITED.here()
        person = erasures.begin_erasure(actor, erasure_id=erasure_id)
        if person is None:
            return None
        steps = [holder for stage in STAGES for holder in holders_in_order(stage)]
        for number, holder in enumerate(steps):
            progress.report(done=number, total=len(steps), message=holder.label.here())
            if holder.stage == "outside":
                count = holder.erase(actor, person)
                erasures.note_step(actor, erasure_id=erasure_id, holder=holder, count=count)
            else:
                erasures.erase_step(actor, erasure_id=erasure_id, holder=holder, person=person)
        erasures.finish_erasure(actor, erasure_id=erasure_id)
    return None


@contextmanager
def _turn(erasure_id: int) -> Iterator[bool]:
    """Hold one erasure for this process alone; a process that dies lets go of it."""
    with connection.cursor() as cursor:
        key = f"privacy.erasure:{erasure_id}"
        cursor.execute("SELECT pg_try_advisory_lock(hashtextextended(%s, 0))", [key])
        row = cursor.fetchone()
        mine = bool(row and row[0])
        try:
            yield mine
        finally:
            if mine:
                cursor.execute("SELECT pg_advisory_unlock(hashtextextended(%s, 0))", [key])


@job(EXPORT_JOB, zh="导出个人数据", en="Hand out a person's data")
def export_person(progress: Progress, actor: Actor, *, contact_id: int, data_file_id: int, language: str) -> None:
    """Put together everything that is held of a person, as a file for whoever asked."""
    with speaking(cast("Language", language)):
        person = people.person_of(actor, contact_id)
        company = org.tenant(actor).name
        total = sum(holder.count(actor, person) for holder in holders)

        def write(handle: IO[bytes]) -> None:
            write_archive(
                handle, actor, person, company=company, report=lambda done: progress.report(done=done, total=total)
            )

        maker = Actor(actor.tenant_id, "member", member_id=progress.asked_by())
        name = f"personal-data-{clock.now():%Y%m%d}-{data_file_id}.zip"
        row = store_file(
            maker, name=name, media_type="application/zip", write=write, purpose=DATA_FILE, keep_for=KEPT_FOR
        )
    if note_ready(actor, data_file_id=data_file_id, file_id=row.id):
        progress.lead_to(f"/api/files/{row.id}")
    else:
        delete_file(actor, row.id)


@job(CLEAN_UP_JOB, zh="清理过期数据", en="Remove old data")
def clean_up(progress: Progress, actor: Actor) -> str:
    """Remove what is older than the tenant wants it to be, class by class, a chunk at a time."""
    settings, now, total = settings_of(actor), clock.now(), 0
    entries = [(entry, days) for entry in retained if (days := days_of(settings, entry)) is not None]
    for number, (entry, days) in enumerate(entries):
        before = now - timedelta(days=days)
        while removed := entry.remove(actor, before, CHUNK):
            total += removed
            progress.report(done=number, total=len(entries), message=entry.label.here())
    return _CLEARED.here({"count": total})


@each("minute", "privacy.tend_erasures")
def tend_erasures() -> None:
    """Begin erasures whose grace is over, and go on with those that were left midway."""
    for tenant_id, erasure_id in due():
        erasures.start_erasure(Actor.system(tenant_id), erasure_id=erasure_id)


@each("night", "privacy.clean_up")
def clean_up_everywhere() -> None:
    """Remove what is old in every tenant."""
    for tenant_id in org.tenant_ids():
        start_clean_up(Actor.system(tenant_id))
