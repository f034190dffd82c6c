"""What tracking looks after by itself."""

from __future__ import annotations

from cove.engine.timeline.contracts import SINK
from cove.engine.timeline.facade import keep_verdicts
from cove.engine.tracking import queries
from cove.engine.tracking.commands.traffic import settle_mark, settle_slices
from cove.engine.tracking.commands.watching import KEPT_MINUTES, forget_sightings
from cove.engine.tracking.queries.findings import verdicts_of
from cove.engine.tracking.queries.watching import tenants_with_old
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.clickhouse.client import ClickHouseAway
from cove.kernel.jobs.rounds import each
from cove.kernel.log.forget import behind
from cove.kernel.scope import tenant_scope


@each("minute", "tracking.look_at_traffic")
def look_at_traffic() -> None:
    """Look at the behaviour that is due in each tenant. While ClickHouse is away, all of it waits."""
    for tenant_id in queries.traffic.tenants_to_look_at(clock.now()):
        with tenant_scope(tenant_id):
            try:
                _look(Actor.system(tenant_id))
            except ClickHouseAway:
                return


def _look(actor: Actor) -> None:
    for mark in queries.traffic.open_marks():
        for page in queries.traffic.verdicts_by_mark(actor, mark):
            keep_verdicts(actor.tenant_id, page)
        settle_mark(actor, mark_id=mark.id)
    due = queries.traffic.due_slices(clock.now())
    # What ClickHouse does not have yet cannot be looked at; it stays due.
    there = [one for one in due if not behind(SINK, tenant_id=actor.tenant_id, position=one.position)]
    if there:
        fine = queries.traffic.fine_traffic(actor)
        keep_verdicts(actor.tenant_id, list(verdicts_of(actor, [one.start for one in there], fine)))
        settle_slices(actor, looked_at={one.id: one.position for one in there})


@each("minute", "tracking.forget_sightings")
def forget_old_sightings() -> None:
    """Forget what the live debugger showed some minutes ago."""
    for tenant_id in tenants_with_old(KEPT_MINUTES):
        forget_sightings(Actor.system(tenant_id))
