"""What the timeline looks after by itself."""

from __future__ import annotations

from django.db import connection, transaction

from cove.engine.timeline.commands.limits import LIMITS_JOB
from cove.engine.timeline.queries.ageing import limits
from cove.kernel.actor import Actor
from cove.kernel.clickhouse.limits import lay_limits
from cove.kernel.jobs.job import Progress, job
from cove.kernel.jobs.rounds import each

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
