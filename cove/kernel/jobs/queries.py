from __future__ import annotations

from django.db.models import QuerySet

from cove.kernel.actor import Actor
from cove.kernel.errors import NotFound
from cove.kernel.jobs.models import JobRun


def job_runs(actor: Actor, *, state: str | None = None) -> QuerySet[JobRun]:
    """Return the job runs the actor asked for himself or may see, newest first, in one `state` or all."""
    rows = JobRun.visible_to(actor).order_by("-id")
    return rows.filter(state=state) if state else rows


def job_run(actor: Actor, run_id: int) -> JobRun:
    """Return one job run; raises NotFound."""
    row = job_runs(actor).filter(id=run_id).first()
    if row is None:
        raise NotFound
    return row
