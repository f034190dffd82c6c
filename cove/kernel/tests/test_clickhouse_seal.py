"""ClickHouse's tables are sealed by the engine: a query that forgets its tenant in one place sees nobody else's rows."""

from datetime import UTC, datetime

import pytest

from cove.directory.org.commands.tenants import create_tenant
from cove.kernel.clickhouse import client

COLUMNS = ("tenant_id", "person_id", "at", "position", "kind", "payload")


@pytest.fixture
def two(tenant):
    """Two tenants with three facts each; give their ids."""
    ids = (tenant.id, create_tenant(name="另一家").id)
    at = datetime(2026, 5, 1, tzinfo=UTC)
    for tenant_id in ids:
        rows = [(tenant_id, person, at, 1, "tests.seal", "{}") for person in (1, 2, 3)]
        client.insert_block("timeline_fact", COLUMNS, rows, token=f"seal-{tenant_id}")
        client.insert_block(
            "timeline_override",
            ("tenant_id", "visitor", "person_id", "version"),
            [(tenant_id, 9, 1, 1)],
            token=f"seal-override-{tenant_id}",
        )
    return ids


FORGETFUL = {
    "no filter": "SELECT tenant_id FROM timeline_fact WHERE {tenant:UInt64} > 0 AND kind = 'tests.seal'",
    "in a subquery": """SELECT tenant_id FROM timeline_fact WHERE tenant_id IN (SELECT tenant_id FROM timeline_override)
                        AND {tenant:UInt64} > 0 AND kind = 'tests.seal'""",
    "on one side of a join": """SELECT f.tenant_id AS tenant_id FROM timeline_override o
                                JOIN timeline_fact f ON f.person_id = o.person_id OR f.person_id = 2
                                WHERE o.tenant_id = {tenant:UInt64} AND f.kind = 'tests.seal'""",
    "in a named query": """WITH everybody AS (SELECT * FROM timeline_fact) SELECT tenant_id FROM everybody
                           WHERE kind = 'tests.seal' AND {tenant:UInt64} > 0""",
    "in a union": """SELECT tenant_id FROM timeline_fact WHERE tenant_id = {tenant:UInt64}
                     UNION ALL SELECT tenant_id FROM timeline_override""",
    "with the other's number": """SELECT tenant_id FROM timeline_fact
                                  WHERE tenant_id = {tenant:UInt64} OR tenant_id = {other:UInt64}""",
    "with FINAL": "SELECT tenant_id FROM timeline_override FINAL WHERE {tenant:UInt64} > 0",
}


@pytest.mark.parametrize("sql", FORGETFUL.values(), ids=FORGETFUL)
def test_a_forgetful_query_sees_its_own_tenant_only(two, sql):
    mine, theirs = two
    assert {row["tenant_id"] for row in client.rows(mine, sql, other=theirs)} == {mine}


def test_without_the_seal_the_same_query_would_see_both(two):
    found = client.client().query(f"SELECT DISTINCT tenant_id FROM timeline_fact WHERE tenant_id IN {two}")
    assert {row[0] for row in found.result_rows} == set(two)


def test_every_table_is_sealed_but_the_note_of_what_was_defined(databases):
    tables = client.client().query(
        "SELECT concat(database, '.', name) FROM system.tables WHERE database = currentDatabase()"
    )
    assert {row[0] for row in tables.result_rows} - set(client.sealed_tables()) == {"cove.schema_note"}
