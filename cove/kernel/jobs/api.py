"""Console: long work and how far it is."""

from __future__ import annotations

from datetime import datetime
from typing import Literal, cast

from django.http import HttpRequest
from ninja import Router
from pydantic import BaseModel

from cove.kernel import clock
from cove.kernel.errors import Forbidden, NotFound
from cove.kernel.http.answers import refusals
from cove.kernel.http.doors import actor
from cove.kernel.http.gates import signed_in
from cove.kernel.jobs import queries
from cove.kernel.jobs.commands import cancel_job, cancel_own_job
from cove.kernel.jobs.job import jobs
from cove.kernel.jobs.models import JobRun
from cove.kernel.paging import DEFAULT_LIMIT, Page, bounded_count, slice_after

console = Router(tags=["jobs"])


RunState = Literal["waiting", "running", "done", "failed", "cancelled"]


class JobAnswer(BaseModel):
    """One run of a job; `remaining_seconds` is a straight-line guess from what is done; `link` leads to what it made."""

    id: int
    kind: str
    label: str
    state: RunState
    done: int
    total: int
    message: str
    link: str | None
    started_at: datetime | None
    finished_at: datetime | None
    remaining_seconds: int | None


@console.get("/jobs", response={200: Page[JobAnswer], **refusals()}, **signed_in(keys=True))
def list_jobs(
    request: HttpRequest, state: str | None = None, cursor: str | None = None, limit: int = DEFAULT_LIMIT
) -> Page[JobAnswer]:
    """List long work, newest first: one's own, and others' as far as one may see it."""
    rows = queries.job_runs(actor(request), state=state)
    found, following = slice_after(rows, sort="-asked_at", cursor=cursor, limit=limit)
    total, exact = bounded_count(rows)
    return Page(items=[job_answer(row) for row in found], next_cursor=following, total=total, total_exact=exact)


@console.get("/jobs/{job_id}", response={200: JobAnswer, **refusals(NotFound)}, **signed_in(keys=True))
def read_job(request: HttpRequest, job_id: int) -> JobAnswer:
    """Read how far one piece of long work is."""
    return job_answer(queries.job_run(actor(request), job_id))


@console.post("/jobs/{job_id}/cancel", response={200: JobAnswer, **refusals(Forbidden, NotFound)}, **signed_in())
def cancel(request: HttpRequest, job_id: int) -> JobAnswer:
    """Ask it to stop: one's own always, others' with the right to."""
    who = actor(request)
    mine = queries.job_run(who, job_id).asked_by == who.member_id
    return job_answer((cancel_own_job if mine else cancel_job)(who, run_id=job_id))


def job_answer(row: JobRun) -> JobAnswer:
    """Return a run as the console sees it."""
    declared = jobs.get(row.kind)
    return JobAnswer(
        id=row.id,
        kind=row.kind,
        label=declared.label.here() if declared else row.kind,
        state=cast("RunState", row.state),
        done=row.done,
        total=row.total,
        message=row.message,
        link=row.link or None,
        started_at=row.started_at,
        finished_at=row.finished_at,
        remaining_seconds=_remaining(row),
    )


def _remaining(row: JobRun) -> int | None:
    if row.state != JobRun.State.RUNNING or not row.done or not row.started_at or row.total <= row.done:
        return None
    spent = (clock.now() - row.started_at).total_seconds()
    return int(spent * (row.total - row.done) / row.done)
