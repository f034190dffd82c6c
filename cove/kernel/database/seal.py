"""Row-level security for every table of a tenant, laid after each migration from the models themselves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from django.db import connections, transaction

from cove.kernel.scope import TenantModel

APP_ROLE = "cove_app"
STEWARD_ROLE = "cove_steward"

_MINE = "NULLIF(current_setting('cove.tenant_id', true), '')::bigint"


@dataclass(frozen=True, slots=True)
class Sealed:
    """A table to seal: the column that names its tenant, what the steward may do, and the application (all, append, read)."""

    table: str
    column: str = "tenant_id"
    steward: str = ""
    application: str = "all"


# Tables that are written with plain SQL and so have no model.
TABLES_WITHOUT_MODEL = [
    Sealed("log_fact", steward="select", application="append"),
    Sealed("log_seen", steward=""),
]


def sealed_tables() -> Iterator[Sealed]:
    """Give every table that holds rows of a tenant."""
    for model in apps.get_models():
        if issubclass(model, TenantModel):
            table = model._meta.db_table  # noqa: SLF001 -- Django's documented Meta API
            yield Sealed(table, steward=model.steward, application=model.application)
        elif getattr(model, "is_the_tenant", False):
            yield Sealed(model._meta.db_table, column="id", steward="all")  # noqa: SLF001 -- same
    yield from TABLES_WITHOUT_MODEL


def seal_tables(alias: str = "owner") -> int:
    """Enable row-level security and lay the policies on every sealed table; return how many. Run as the owner, repeatable."""
    count = 0
    # In one transaction: what may only be appended to is never open in between.
    with transaction.atomic(using=alias), connections[alias].cursor() as cursor:
        cursor.execute(f"GRANT USAGE ON SCHEMA public TO {APP_ROLE}, {STEWARD_ROLE}")
        cursor.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {APP_ROLE}")
        cursor.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {APP_ROLE}, {STEWARD_ROLE}")
        cursor.execute(f"GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO {APP_ROLE}")
        for sealed in sealed_tables():
            for statement in _statements(sealed):
                cursor.execute(statement)
            count += 1
    return count


def _statements(sealed: Sealed) -> Iterator[str]:
    table, column = f'"{sealed.table}"', f'"{sealed.column}"'
    yield f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY"
    yield f"DROP POLICY IF EXISTS own_tenant ON {table}"
    yield (
        f"CREATE POLICY own_tenant ON {table} TO {APP_ROLE} USING ({column} = {_MINE}) WITH CHECK ({column} = {_MINE})"
    )
    yield f"DROP POLICY IF EXISTS steward ON {table}"
    yield f"REVOKE ALL ON {table} FROM {STEWARD_ROLE}"
    if sealed.steward:
        verb = "SELECT" if sealed.steward == "select" else "ALL"
        check = "" if verb == "SELECT" else " WITH CHECK (true)"
        yield f"GRANT {'SELECT' if verb == 'SELECT' else 'SELECT, INSERT, UPDATE'} ON {table} TO {STEWARD_ROLE}"
        yield f"CREATE POLICY steward ON {table} FOR {verb} TO {STEWARD_ROLE} USING (true){check}"
    if sealed.application != "all":
        yield f"REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM {APP_ROLE}"
    if sealed.application == "read":
        yield f"REVOKE INSERT ON {table} FROM {APP_ROLE}"
