"""Declaring a job: a function with progress, named ``module.verb_noun``."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.errors import CoveError
from cove.kernel.jobs.endings import tell_ending
from cove.kernel.jobs.models import JobRun
from cove.kernel.jobs.permissions import SEE_JOBS
from cove.kernel.live.publish import tell_live
from cove.kernel.registry import Registry
from cove.kernel.scope import tenant_scope
from cove.kernel.words import Words

TELL_SECONDS = 0.5
"""Browsers hear of a job's progress no more often."""


class JobCancelled(Exception):
    """Raised by `Progress.report` once somebody asked to cancel."""


@dataclass(slots=True)
class Progress:
    """What a running job reports to."""

    tenant_id: int
    run_id: int
    told: float = 0.0

    def report(self, *, done: int, total: int, message: str = "") -> None:
        """Show that `done` of `total` pieces are done. Raises JobCancelled when somebody asked to cancel."""
        with tenant_scope(self.tenant_id):
            JobRun.objects.filter(id=self.run_id).update(done=done, total=total, message=message)
            run = JobRun.objects.only("cancel_asked", "asked_by").get(id=self.run_id)
            if time.monotonic() - self.told > TELL_SECONDS:
                self.told = time.monotonic()
                tell_job(self.tenant_id, run)
            if run.cancel_asked:
                raise JobCancelled

    def lead_to(self, link: str) -> None:
        """Show where the result is: an address on this server, such as ``/api/files/7``."""
        with tenant_scope(self.tenant_id):
            JobRun.objects.filter(id=self.run_id).update(link=link)

    def asked_by(self) -> int | None:
        """Return the number of the member who asked for the job."""
        with tenant_scope(self.tenant_id):
            return JobRun.objects.values_list("asked_by", flat=True).get(id=self.run_id)


@dataclass(frozen=True, slots=True)
class Job:
    """A kind of long work: `work(progress, actor, **arguments)` returns a closing message or None."""

    kind: str
    label: Words
    work: Callable[..., str | None]


jobs: Registry[Job] = Registry("jobs", Job)


def job(kind: str, *, zh: str, en: str) -> Callable[[Callable[..., str | None]], Job]:
    """Declare a job. The function gets `(progress, actor, **arguments)`; arguments are JSON values, ids rather than rows."""

    def decorate(function: Callable[..., str | None]) -> Job:
        return jobs.add(kind, Job(kind, Words(zh, en), function))

    return decorate


def run_job(tenant_id: int, run_id: int) -> None:
    """Do the work of one row, keeping its state. A job that was cancelled before it began does not begin."""
    actor = Actor.system(tenant_id)
    with tenant_scope(tenant_id):
        begun = JobRun.objects.filter(id=run_id, state__in=["waiting", "running"], cancel_asked=False)
        if not begun.update(state=JobRun.State.RUNNING, started_at=clock.now()):
            unbegun = JobRun.objects.filter(id=run_id, state="waiting")
            if unbegun.update(state=JobRun.State.CANCELLED, finished_at=clock.now()):
                _end(actor, run_id)
            return
        run = JobRun.objects.get(id=run_id)
        tell_job(tenant_id, run)
        state, message = _work(run, actor)
        JobRun.objects.filter(id=run_id).update(state=state, message=message, finished_at=clock.now())
        _end(actor, run_id)


def tell_job(tenant_id: int, run: JobRun) -> None:
    """Tell the open browsers of whoever asked for it, and of those who may see others' work, that a job moved."""
    if run.asked_by is not None:
        tell_live(tenant_id, "job", {"id": run.id}, member_ids=[run.asked_by])
    tell_live(tenant_id, "job", {"id": run.id}, needs=SEE_JOBS)


def _end(actor: Actor, run_id: int) -> None:
    run = JobRun.objects.get(id=run_id)
    tell_job(actor.tenant_id, run)
    tell_ending(actor, run)


def _work(run: JobRun, actor: Actor) -> tuple[str, str]:
    import structlog

    arguments: dict[str, Any] = run.arguments
    try:
        message = jobs[run.kind].work(Progress(run.tenant_id, run.id), actor, **arguments)
    except JobCancelled:
        return JobRun.State.CANCELLED, ""
    except CoveError as error:
        return JobRun.State.FAILED, error.message()
    except Exception as error:  # noqa: BLE001 -- a job's row must tell how it ended, whatever it was
        structlog.get_logger(__name__).exception("job failed", job=run.kind, run=run.id)
        return JobRun.State.FAILED, f"{type(error).__name__}: {error}"
    return JobRun.State.DONE, message or ""
