"""Limits of a table are laid by the engine's own TTL: once, exactly, and without writing anything anew."""

from datetime import UTC, datetime, timedelta

import pytest

from cove.kernel.clickhouse import client as clickhouse
from cove.kernel.clickhouse.client import client
from cove.kernel.clickhouse.limits import LONGEST_DAYS, Limit, lay_limits

NOW = datetime.now(UTC)


@pytest.fixture
def table(databases):
    client().command("DROP TABLE IF EXISTS limited")
    client().command("CREATE TABLE limited (who UInt64, at DateTime64(3, 'UTC')) ENGINE = MergeTree ORDER BY who")
    yield "limited"
    client().command("DROP TABLE limited")


def fill(table, *rows):
    client().insert(table, [list(row) for row in rows], column_names=["who", "at"])


def left(table):
    client().command(f"OPTIMIZE TABLE {table} FINAL")
    return [row[0] for row in client().query(f"SELECT who FROM {table} ORDER BY who, at").result_rows]


def days(number):
    return NOW - timedelta(days=number)


def test_two_limits_of_the_same_days_are_both_kept(table):
    fill(table, (1, days(20)), (2, days(20)), (3, days(20)))
    assert lay_limits(table, "at", [Limit(10, "who = 1"), Limit(10, "who IN (2, 7)"), Limit(30, "who = 3")])
    assert left(table) == [3]


def test_a_row_goes_after_the_end_of_its_last_day_and_not_before(table):
    midnight = datetime(NOW.year, NOW.month, NOW.day, tzinfo=UTC)
    fill(table, (1, midnight - timedelta(days=10, milliseconds=1)), (2, midnight - timedelta(days=9)))
    lay_limits(table, "at", [Limit(9, "1")])
    assert left(table) == [2]


def test_parts_that_were_written_under_another_limit_are_looked_through_again(table):
    lay_limits(table, "at", [Limit(10, "who = 1")])
    fill(table, (1, days(3)), (2, days(20)))
    assert left(table) == [1, 2]
    lay_limits(table, "at", [Limit(10, "who IN (1, 2)")])
    assert left(table) == [1]


def test_what_is_laid_already_is_left_as_it_is(table):
    limits = [
        Limit(10, "who IN (1, 2) AND toString(who) != 'it\\'s \\\\'"),
        Limit(10, "who = 3"),
        Limit(5, "who NOT IN (1)"),
    ]
    assert lay_limits(table, "at", limits)
    assert not lay_limits(table, "at", limits)
    assert lay_limits(table, "at", limits[:1])
    assert lay_limits(table, "at", [])
    assert not lay_limits(table, "at", [])
    fill(table, (1, days(100)))
    assert left(table) == [1]


def test_times_beyond_the_end_of_the_calendar_are_not_over(table):
    fill(
        table, (1, datetime(2110, 1, 1, tzinfo=UTC)), (2, datetime(2299, 1, 1, tzinfo=UTC)), (3, days(LONGEST_DAYS - 1))
    )
    lay_limits(table, "at", [Limit(LONGEST_DAYS, "1")])
    assert left(table) == [1, 2, 3]
    for wrong in (0, LONGEST_DAYS + 1):
        with pytest.raises(ValueError, match="days"):
            lay_limits(table, "at", [Limit(wrong, "1")])


def test_very_many_tenants_have_room(table):
    assert lay_limits(table, "at", [Limit(10, f"who IN ({', '.join(map(str, range(10**6, 10**6 + 40_000)))})")])
    assert not lay_limits(table, "at", [Limit(10, f"who IN ({', '.join(map(str, range(10**6, 10**6 + 40_000)))})")])


def test_on_a_cluster_each_shard_is_told(settings, table):
    settings.CLICKHOUSE_CLUSTER = "c"
    [sql] = clickhouse.changes("timeline_fact", "MODIFY TTL at + toIntervalDay(3) DELETE WHERE tenant_id IN (1)")
    assert sql.startswith("ALTER TABLE timeline_fact_local ON CLUSTER 'c' MODIFY TTL ")
    assert client().command(f"EXPLAIN AST {sql}")
