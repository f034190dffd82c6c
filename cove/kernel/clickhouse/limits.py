"""How long rows stay: the table's TTL, laid without writing a part anew.

ClickHouse drops rows that are over their time while it merges parts anyway, whoever's they are, so that a thousand tenants with limits
cost one reading of a part and not a thousand. What it does with parts from before a change is up to their next merge
(``materialize_ttl_after_modify``, https://clickhouse.com/docs/sql-reference/statements/alter/ttl).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from zlib import crc32

from clickhouse_connect.driver.exceptions import OperationalError
from django.conf import settings

from cove.kernel.clickhouse.client import ClickHouseAway, changes, client
from cove.kernel.clickhouse.cluster import local

LONGEST_DAYS = 10_000
"""A DateTime of ClickHouse ends in 2106; a time beyond it would begin anew in 1970, and everything would be over it at once."""
# For the same reason no row's own time is taken to be later than this.
_LATEST = "toDateTime64('2070-01-01 00:00:00', 3, 'UTC')"

_LAID = "SELECT engine_full FROM system.tables WHERE database = currentDatabase() AND name = {table:String}"
_HOUR = 3600
# The engine's own writing of the same list, to compare with what the table says of itself.
_WRITTEN = "SELECT formatQuerySingleLine('CREATE TABLE t (a UInt8) ENGINE = MergeTree ORDER BY a TTL {ttl}') AS text"


@dataclass(frozen=True, slots=True)
class Limit:
    """Rows that meet `where` are kept for `days`, at most LONGEST_DAYS."""

    days: int
    where: str


def lay_limits(table: str, moment: str, limits: Iterable[Limit]) -> bool:
    """Let rows of `table` go when their limit is over: that many days and up to an hour after the end of the day (UTC) of `moment`.

    `moment` is a time of the row. What is laid already is left as it is; returns whether something was changed. No limits means that
    everything stays. Runs on every server of a cluster. Raises ClickHouseAway, ValueError for more days than LONGEST_DAYS.
    """
    wanted = _expression(moment, limits)
    try:
        laid = _ttl_of(table)
        if (_written(wanted) if wanted else "") == laid:
            return False
        for sql in changes(table, f"MODIFY TTL {wanted}" if wanted else "REMOVE TTL"):
            client().command(sql, settings={"materialize_ttl_after_modify": 0, "max_query_size": _room(sql)})
    except OperationalError as error:
        raise ClickHouseAway from error
    return True


def _expression(moment: str, limits: Iterable[Limit]) -> str:
    by_days: dict[int, list[str]] = {}
    for limit in limits:
        if not 0 < limit.days <= LONGEST_DAYS:
            raise ValueError(f"a limit of {limit.days} days")
        by_days.setdefault(limit.days, []).append(limit.where)
    day = f"toStartOfDay(toDateTime(least(toDateTime64({moment}, 3, 'UTC'), {_LATEST}), 'UTC'))"
    wheres = {days: " OR ".join(f"({where})" for where in found) for days, found in sorted(by_days.items())}
    return ", ".join(_entry(day, days, where) for days, where in wheres.items())


def _entry(day: str, days: int, where: str) -> str:
    # What ClickHouse notes of a part it keeps under the expression of the time, without the WHERE. Two entries must not share one, and
    # under another WHERE the time must be written otherwise, or parts from before would be taken for looked through.
    seconds = crc32(where.encode()) % _HOUR
    return f"{day} + toIntervalDay({days + 1}) + toIntervalSecond({seconds}) DELETE WHERE {where}"


def _ttl_of(table: str) -> str:
    kept = local(table) if settings.CLICKHOUSE_CLUSTER else table
    found = client().query(_LAID, parameters={"table": kept}).result_rows
    return _between(found[0][0])


def _written(ttl: str) -> str:
    quoted = ttl.replace("\\", "\\\\").replace("'", "\\'")
    sql = _WRITTEN.format(ttl=quoted)
    text: str = client().query(sql, settings={"max_query_size": _room(sql)}).result_rows[0][0]
    return _between(text)


def _between(definition: str) -> str:
    """Return the list of limits out of a table's definition as ClickHouse writes it: what stands between TTL and SETTINGS."""
    return definition.partition(" TTL ")[2].partition(" SETTINGS ")[0]


def _room(sql: str) -> int:
    return 2 * len(sql.encode()) + 262_144
