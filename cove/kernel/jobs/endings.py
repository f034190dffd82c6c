"""Endings: what other modules do when long work has ended. The jobs know none of them."""

from __future__ import annotations

from collections.abc import Callable

import structlog

from cove.kernel.actor import Actor
from cove.kernel.jobs.models import JobRun
from cove.kernel.registry import Registry

Ending = Callable[[Actor, JobRun], None]

endings: Registry[Ending] = Registry("endings of jobs", Callable)  # type: ignore[arg-type]  # any callable

log = structlog.get_logger(__name__)


def when_job_ends(function: Ending) -> Ending:
    """Call the decorated function with the system and the run whenever a job is done, has failed or was cancelled."""
    return endings.add(f"{function.__module__}.{function.__name__}", function)


def tell_ending(actor: Actor, run: JobRun) -> None:
    """Tell whoever wants to know; one that stumbles is logged, the job's end stands."""
    for ending in endings:
        try:
            ending(actor, run)
        except Exception:
            log.exception("the end of a job was not digested", job=run.kind, run=run.id)
