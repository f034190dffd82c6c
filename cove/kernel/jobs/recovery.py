"""Jobs whose process died are begun again: each job's own bookkeeping sees to it that what was done is not done twice."""

from __future__ import annotations

import asyncio
import contextlib

import structlog
from procrastinate import App
from procrastinate.exceptions import UniqueViolation
from procrastinate.jobs import Status

LOOK_SECONDS = 10.0
DEAD_AFTER_SECONDS = 30.0
"""Without a heartbeat (one comes every ten seconds) for this long, a process is taken for dead."""

log = structlog.get_logger(__name__)


async def take_back_jobs(app: App, *, dead_after: float = DEAD_AFTER_SECONDS) -> int:
    """Put the jobs of dead processes back into the queue; return how many there were. A round of which another waits already has ended."""
    stalled = list(await app.job_manager.get_stalled_jobs(queue="jobs", seconds_since_heartbeat=dead_after))
    for job in stalled:
        log.warning("a job's process died; the job begins again", job=job.id, task=job.task_name)
        try:
            await app.job_manager.retry_job(job)
        except UniqueViolation:
            # A round that may wait only once, and another one waits already.
            await app.job_manager.finish_job(job, Status.FAILED, delete_job=False)
    return len(stalled)


async def keep_taking_back(app: App, stopping: asyncio.Event) -> None:
    """Look for such jobs until `stopping`."""
    while not stopping.is_set():
        try:
            await take_back_jobs(app)
        except Exception:  # the loop must outlive a database that is away
            log.exception("could not look for jobs of dead processes")
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stopping.wait(), LOOK_SECONDS)
