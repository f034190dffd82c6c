"""The one procrastinate task behind all jobs (procrastinate looks for a module of this name)."""

from __future__ import annotations

from procrastinate.contrib.django import app

from cove.kernel.jobs.job import run_job


@app.task(name="jobs.run", queue="jobs", pass_context=False)
def run(tenant_id: int, run_id: int) -> None:
    """Run one job row."""
    run_job(tenant_id, run_id)
