"""Having ClickHouse told how long it keeps what."""

from __future__ import annotations

from cove.engine.timeline.permissions import KEEP_LIMITS
from cove.kernel.actor import Actor
from cove.kernel.command import command
from cove.kernel.jobs.commands import start_job
from cove.kernel.jobs.job import jobs

LIMITS_JOB = "timeline.lay_limits"


@command(KEEP_LIMITS)
def plan_limits(actor: Actor) -> None:
    """Have the limits laid by the work process: how long a tenant keeps what has changed."""
    start_job(actor, jobs[LIMITS_JOB])
