"""Starting and cancelling long work."""

from __future__ import annotations

from typing import Any

from cove.kernel.actor import Actor
from cove.kernel.command import command
from cove.kernel.errors import NotFound
from cove.kernel.jobs.job import Job
from cove.kernel.jobs.models import JobRun
from cove.kernel.jobs.permissions import CANCEL_JOB, KEEP_RUNS, OWN_JOBS
from cove.kernel.personal_data import Person, holds_rows
from cove.kernel.words import Words

ASKED_FOR, REGULAR = 10, 0
"""What somebody waits for goes before regular work; the queue takes the higher first, then the older."""


def start_job(actor: Actor, job: Job, **arguments: Any) -> JobRun:
    """Put a job in the queue within the caller's command (so it vanishes if that is undone); return its progress row."""
    from cove.kernel.jobs.tasks import run

    row = JobRun.objects.create(kind=job.kind, arguments=arguments, asked_by=actor.member_id)
    priority = REGULAR if actor.member_id is None else ASKED_FOR
    run.configure(priority=priority).defer(tenant_id=actor.tenant_id, run_id=row.id)
    return row


@command(CANCEL_JOB)
def cancel_job(actor: Actor, *, run_id: int) -> JobRun:
    """Ask a job to stop at its next report. Raises NotFound for an unknown run; a finished one is returned as it is."""
    return _stop(JobRun.visible_to(actor, CANCEL_JOB).select_for_update().filter(id=run_id).first())


@command(OWN_JOBS)
def cancel_own_job(actor: Actor, *, run_id: int) -> JobRun:
    """Ask a job that one started oneself to stop. Raises NotFound for one of somebody else."""
    return _stop(JobRun.objects.select_for_update().filter(id=run_id, asked_by=actor.member_id or 0).first())


@command(KEEP_RUNS, audited=False)
def forget_runs(_actor: Actor, *, kind: str) -> None:
    """Forget the finished runs of regular work that nobody asked for, but the last: they would hide what people asked for."""
    finished = [JobRun.State.DONE, JobRun.State.FAILED, JobRun.State.CANCELLED]
    rows = JobRun.objects.filter(kind=kind, asked_by=None, state__in=finished)
    last = rows.order_by("-id").first()
    if last is not None:
        rows.filter(id__lt=last.id).delete()


def _stop(row: JobRun | None) -> JobRun:
    if row is None:
        raise NotFound
    if row.state in (JobRun.State.WAITING, JobRun.State.RUNNING):
        row.cancel_asked = True
        row.save(update_fields=["cancel_asked"])
    return row


def _forget(_actor: Actor, person: Person) -> int:
    rows = JobRun.objects.filter(arguments__contact_id__in=person.contacts)
    return rows.update(arguments={}, message="", link="")


RUNS = holds_rows(
    "jobs.runs",
    Words("后台任务", "Background work"),
    model=JobRun,
    rows=lambda person: JobRun.objects.filter(arguments__contact_id__in=person.contacts),
    columns={"kind": Words("任务", "Task"), "state": Words("状态", "State"), "asked_at": Words("时间", "Time")},
    erase=_forget,
)
