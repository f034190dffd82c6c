"""What tracking looks after by itself."""

from __future__ import annotations

from cove.engine.tracking.commands.watching import KEPT_MINUTES, forget_sightings
from cove.engine.tracking.queries.watching import tenants_with_old
from cove.kernel.actor import Actor
from cove.kernel.jobs.rounds import each


@each("minute", "tracking.forget_sightings")
def forget_old_sightings() -> None:
    """Forget what the live debugger showed some minutes ago."""
    for tenant_id in tenants_with_old(KEPT_MINUTES):
        forget_sightings(Actor.system(tenant_id))
