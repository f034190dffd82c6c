"""The definitions for a cluster, made from the same files, are what the engine's own parser takes."""

import re

import pytest

from cove.kernel.clickhouse import client, migrate
from cove.kernel.clickhouse.cluster import CannotSpread, on_cluster

FILES = dict(migrate._files())


def parsed(statement):
    """Return the engine's tree of a statement; it raises for what it cannot parse."""
    return client.client().command(f"EXPLAIN AST {statement}")


@pytest.mark.parametrize("name", FILES)
def test_every_statement_for_a_cluster_is_parsed(databases, name):
    found = migrate.statements(FILES[name], "cove_cluster")
    assert found
    for statement in found:
        assert parsed(statement)
        assert "ON CLUSTER 'cove_cluster'" in statement


def test_each_table_is_replicated_on_its_shard_and_spread_by_person(databases):
    kept, over = migrate.statements(FILES["timeline/0001_facts_and_overrides.sql"], "c")[:2]
    assert "CREATE TABLE IF NOT EXISTS timeline_fact_local ON CLUSTER 'c' (" in kept
    assert "ENGINE = ReplicatedMergeTree('/clickhouse/tables/{uuid}/{shard}', '{replica}')" in kept
    assert "replicated_deduplication_window_seconds = 604800" in kept
    assert over.startswith("CREATE TABLE IF NOT EXISTS timeline_fact ON CLUSTER 'c' AS timeline_fact_local")
    assert "Distributed('c', currentDatabase(), timeline_fact_local, sipHash64(tenant_id, person_id))" in over
    assert "Distributed" in parsed(over)


def test_a_view_feeds_each_shard_from_its_own_rows():
    view = migrate.statements(FILES["timeline/0004_sessions.sql"], "c")[-1]
    assert re.search(r"timeline_session_feed ON CLUSTER 'c' TO timeline_session_local AS", view)
    assert "FROM timeline_fact_local" in view


def test_every_engine_keeps_its_arguments_and_every_table_keeps_its_columns(databases):
    override = migrate.statements(FILES["timeline/0001_facts_and_overrides.sql"], "c")[2]
    assert "ReplicatedReplacingMergeTree('/clickhouse/tables/{uuid}/{shard}', '{replica}', version)" in override
    kept, over = migrate.statements(FILES["timeline/0003_columns_from_the_payload.sql"], "c")
    assert kept.count("COLUMN") == over.count("COLUMN") > 10
    assert "CODEC" in kept
    assert "CODEC" not in over


def test_a_table_that_does_not_say_where_its_rows_belong_is_refused():
    with pytest.raises(CannotSpread):
        on_cluster("CREATE TABLE IF NOT EXISTS x (\n    a UInt8\n)\nENGINE = MergeTree\nORDER BY a", "c")
    with pytest.raises(CannotSpread):
        on_cluster("RENAME TABLE a TO b", "c")


def test_rows_are_removed_on_every_shard(settings):
    settings.CLICKHOUSE_CLUSTER = "c"
    assert client.changes("timeline_fact", "DELETE WHERE 1") == [
        "ALTER TABLE timeline_fact_local ON CLUSTER 'c' DELETE WHERE 1"
    ]
    settings.CLICKHOUSE_CLUSTER = ""
    assert client.changes("timeline_fact", "DELETE WHERE 1") == ["ALTER TABLE timeline_fact DELETE WHERE 1"]
