"""No tenant, no data: in Python, and in PostgreSQL when Python forgets."""

import psycopg
import pytest
from django.conf import settings
from django.db import ProgrammingError, connection, transaction

from cove.directory.org.commands.tenants import create_tenant
from cove.directory.people.models import Tag, TagGroup
from cove.kernel.database.seal import sealed_tables
from cove.kernel.jobs.models import JobRun
from cove.kernel.scope import NoTenantBound, every_tenant, tenant_scope


@pytest.fixture
def two(actor):
    """A row of the test's tenant and one of another's; returns the other tenant's id."""
    other = create_tenant(name="另一家")
    JobRun.objects.create(kind="ours")
    with tenant_scope(other.id):
        JobRun.objects.create(kind="theirs")
    return other.id


def test_without_a_tenant_the_manager_raises(databases):
    with tenant_scope(None), pytest.raises(NoTenantBound):
        JobRun.objects.count()
    with tenant_scope(None), pytest.raises(NoTenantBound):
        JobRun.objects.create(kind="x")


def test_row_level_security_holds_where_code_forgets(two, actor):
    assert set(JobRun.unsealed.values_list("kind", flat=True)) == {"ours"}
    assert JobRun.unsealed.filter(tenant_id=two).update(kind="stolen") == 0
    assert JobRun.unsealed.filter(tenant_id=two).delete()[0] == 0
    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        JobRun.objects.create(kind="smuggled", tenant_id=two)
    with tenant_scope(None):
        assert JobRun.unsealed.count() == 0
    with tenant_scope(two):
        assert set(JobRun.unsealed.values_list("kind", flat=True)) == {"theirs"}


def test_a_foreign_key_cannot_reach_into_another_tenant_unseen(actor):
    other = create_tenant(name="另一家")
    with tenant_scope(other.id):
        group = TagGroup.objects.create(name="别家的")
    assert not Tag.unsealed.filter(group_id=group.id).exists()


def test_raw_sql_sees_only_the_bound_tenant(two, actor):
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT tenant_id FROM job_run")
        assert cursor.fetchall() == [(actor.tenant_id,)]


def test_every_table_with_a_tenant_is_sealed(databases):
    sealed = {entry.table for entry in sealed_tables()}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.table_name FROM information_schema.columns c JOIN pg_class p ON p.relname = c.table_name "
            "WHERE c.column_name = 'tenant_id' AND c.table_schema = 'public' AND p.relkind IN ('r', 'p')"
        )
        with_tenant = {row[0] for row in cursor.fetchall()}
        cursor.execute("SELECT relname FROM pg_class WHERE relrowsecurity")
        protected = {row[0] for row in cursor.fetchall()}
    assert with_tenant - sealed == set()
    assert sealed - protected == set()


def test_the_application_is_neither_owner_nor_superuser(databases):
    with psycopg.connect(settings.DATABASE_DSN) as mine:
        flags = mine.execute("SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user").fetchone()
        owned = mine.execute(
            "SELECT count(*) FROM pg_tables WHERE schemaname = 'public' AND tableowner = current_user"
        ).fetchone()
    assert flags == (False, False)
    assert owned == (0,)


def test_the_log_is_only_appended_to(actor):
    for statement in ("UPDATE log_fact SET kind = 'x'", "DELETE FROM log_fact"):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            connection.cursor().execute(statement)


def test_the_steward_sees_only_tables_that_say_so_and_says_why(actor, two):
    with pytest.raises(ProgrammingError, match="permission denied"), every_tenant("a test of what it may not"):
        JobRun.unsealed.count()
    with pytest.raises(ValueError, match="say why"), every_tenant(""):
        pass
    assert JobRun.objects.count() == 1
