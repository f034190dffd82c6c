"""Every table with rows of tenants is sealed in the database itself, and the application's role cannot pass the seal."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import connection, connections

from cove.kernel.database.seal import APP_ROLE, STEWARD_ROLE, sealed_tables
from cove.kernel.scope import TenantModel

MINE = "(tenant_id = (NULLIF(current_setting('cove.tenant_id'::text, true), ''::text))::bigint)"


def rows(sql, *parameters, alias="owner"):
    with connections[alias].cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall()


@pytest.fixture(scope="module")
def tenants_tables(databases):
    """Tables that have a tenant's column, asked of the database and not of our models."""
    found = rows(
        "SELECT c.relname FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid "
        "WHERE a.attname = 'tenant_id' AND c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace"
    )
    return {row[0] for row in found}


def test_every_table_with_a_tenant_is_declared_sealed(tenants_tables):
    assert tenants_tables == {table.table for table in sealed_tables() if table.column == "tenant_id"}


def test_row_level_security_is_on_with_our_policy(tenants_tables):
    on = {row[0] for row in rows("SELECT relname FROM pg_class WHERE relrowsecurity")}
    assert tenants_tables <= on
    policies = rows(
        "SELECT tablename, policyname, cmd, qual, with_check FROM pg_policies WHERE %s = ANY(roles)", APP_ROLE
    )
    own = {name: (command, using, check) for name, policy, command, using, check in policies if policy == "own_tenant"}
    assert {name: own.get(name) for name in tenants_tables} == dict.fromkeys(tenants_tables, ("ALL", MINE, MINE))
    assert [policy for policy in policies if policy[1] != "own_tenant"] == []


def test_the_steward_sees_only_where_a_model_says_so(databases):
    wanted = {table.table for table in sealed_tables() if table.steward}
    found = {row[0] for row in rows("SELECT tablename FROM pg_policies WHERE %s = ANY(roles)", STEWARD_ROLE)}
    assert found == wanted


@pytest.mark.parametrize("role", [APP_ROLE, STEWARD_ROLE])
def test_a_role_that_serves_requests_owns_nothing_and_passes_nothing(databases, role):
    assert rows(
        "SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolinherit AND %s = rolname FROM pg_roles WHERE rolname = %s",
        APP_ROLE,
        role,
    ) == [(False, False, False, False, False)]
    assert rows("SELECT relname FROM pg_class WHERE relowner = %s::regrole", role) == []


def test_the_application_connects_as_that_role(databases):
    with connection.cursor() as cursor:
        cursor.execute("SELECT session_user, current_user")
        assert cursor.fetchone() == (APP_ROLE, APP_ROLE)


def test_without_a_tenant_the_database_shows_nothing(tenant, tenants_tables):
    with connection.cursor() as cursor:
        for table in sorted(tenants_tables):
            cursor.execute(f"SELECT count(*) FROM {table}")
            assert cursor.fetchone() == (0,), table


def test_models_with_a_tenant_go_through_the_sealed_manager():
    odd = [
        model._meta.label
        for model in apps.get_models()
        if any(field.name == "tenant_id" for field in model._meta.get_fields()) and not issubclass(model, TenantModel)
    ]
    assert odd == []
