"""What the timeline looks after by itself."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import connection, transaction

from cove.directory.people import facade as people
from cove.engine.timeline.commands.limits import LIMITS_JOB
from cove.engine.timeline.contracts import SINK
from cove.engine.timeline.queries.ageing import limits
from cove.facts.people import NoteWritten
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.clickhouse.client import remove
from cove.kernel.clickhouse.limits import lay_limits
from cove.kernel.jobs.job import Progress, job
from cove.kernel.jobs.rounds import each
from cove.kernel.log.forget import behind
from cove.kernel.scope import tenant_scope

NOTES_AT_ONCE = 10_000
# What was being shipped while its note was deleted is there by then.
_SHIPPED_WITHIN = timedelta(hours=1)
_NOTES = "kind = {kind:String} AND position IN {positions:Array(UInt64)}"
_ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(hashtextextended('timeline.lay_limits', 0))"


@job(LIMITS_JOB, zh="更新保留期限", en="Lay limits of retention")
def lay_limits_now(_progress: Progress, _actor: Actor) -> None:
    """Lay the limits of all tenants as they are decided now."""
    lay_all_limits()


@each("night", "timeline.lay_limits")
def lay_all_limits() -> None:
    """Tell ClickHouse how long it keeps what, for all tenants at once. Raises ClickHouseAway.

    Each night again: for a table that was made anew, a new version's kinds of fact, and what a day without ClickHouse left undone.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        # Read and laid by one process at a time: who came later must not lay what was decided earlier.
        cursor.execute(_ONE_AT_A_TIME)
        for table, wanted in limits():
            lay_limits(table.table, table.moment, wanted)


@each("night", "timeline.remove_deleted_notes")
def remove_deleted_notes() -> None:
    """Remove from ClickHouse the notes that their writers have deleted: all of a company at once, because parts are written anew for it.

    Raises ClickHouseAway; what is left is removed the next night, and no timeline shows it meanwhile.
    """
    before = clock.now() - _SHIPPED_WITHIN
    for tenant_id in people.tenants_with_deleted_notes(before):
        with tenant_scope(tenant_id):
            _remove_notes(Actor.system(tenant_id), before)


def _remove_notes(actor: Actor, before: datetime) -> None:
    due = people.notes_deleted_before(actor, before, most=NOTES_AT_ONCE)
    if due and not behind(SINK, tenant_id=actor.tenant_id, position=due[-1]):
        remove(actor.tenant_id, "timeline_fact", _NOTES, kind=NoteWritten.kind, positions=due)
        people.forget_deleted_notes(actor, note_ids=due)
