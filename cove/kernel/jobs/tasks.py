"""The one procrastinate task behind all jobs, and the rounds (procrastinate looks for a module of this name)."""

from __future__ import annotations

from procrastinate.contrib.django import app

from cove.kernel.jobs.job import run_job
from cove.kernel.jobs.rounds import go_round


@app.task(name="jobs.run", queue="jobs", pass_context=False)
def run(tenant_id: int, run_id: int) -> None:
    """Run one job row."""
    run_job(tenant_id, run_id)


@app.periodic(cron="* * * * *")
@app.task(name="jobs.each_minute", queue="jobs", queueing_lock="jobs.each_minute", pass_context=False)
def each_minute(timestamp: int) -> None:  # noqa: ARG001 -- the scheduler says for when it is
    """Make the rounds of every minute."""
    go_round("minute")


@app.periodic(cron="30 19 * * *")
@app.task(name="jobs.each_night", queue="jobs", queueing_lock="jobs.each_night", pass_context=False)
def each_night(timestamp: int) -> None:  # noqa: ARG001 -- same
    """Make the rounds of every night."""
    go_round("night")
