from __future__ import annotations

from django.db.models import QuerySet

from cove.kernel.actor import Actor
from cove.kernel.errors import NotFound
from cove.kernel.jobs.models import JobRun
from cove.kernel.jobs.permissions import SEE_JOBS


def job_runs(actor: Actor, *, state: str | None = None) -> QuerySet[JobRun]:
    """Return the job runs of the actor's tenant, newest first, in one `state` or all; without the right only those he asked for."""
    rows = JobRun.objects.order_by("-id")
    if not actor.may(SEE_JOBS):
        rows = rows.filter(asked_by=actor.member_id, asked_by__isnull=False)
    return rows.filter(state=state) if state else rows


def job_run(actor: Actor, run_id: int) -> JobRun:
    """Return one job run; raises NotFound."""
    row = job_runs(actor).filter(id=run_id).first()
    if row is None:
        raise NotFound
    return row
