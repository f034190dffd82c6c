"""Clearing away, once an hour (procrastinate looks for a module of this name)."""

from __future__ import annotations

from procrastinate.contrib.django import app

from cove.kernel.files.sweep import sweep_files


@app.periodic(cron="17 * * * *")
@app.task(name="files.sweep", queue="jobs", pass_context=False)
def sweep(timestamp: int) -> None:  # noqa: ARG001 -- the scheduler says for when it is
    """Sweep the files of every tenant."""
    sweep_files()
