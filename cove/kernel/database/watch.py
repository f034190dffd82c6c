"""Triggers that put every change of a tenant's rows beside the audit entry it belongs to, laid from the models after each migration."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from django.db import connections, models

from cove.kernel.database.functions import FUNCTIONS
from cove.kernel.scope import TenantModel
from cove.kernel.secrets import SecretField

_REFERENCING = {
    "insert": "REFERENCING NEW TABLE AS new_rows",
    "update": "REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows",
    "delete": "REFERENCING OLD TABLE AS old_rows",
}


@dataclass(frozen=True, slots=True)
class Watched:
    """A table whose changes are noted: its key, the column that names the person a row is about (or empty), columns never kept."""

    table: str
    key: str
    person: str
    concealed: tuple[str, ...]


def watched_tables() -> Iterator[Watched]:
    """Give every table whose changes are in the audit log."""
    for model in apps.get_models():
        if is_watched(model):
            yield _watched(model)


def is_watched(model: type[models.Model]) -> bool:
    """Tell whether changes of this model's rows are noted."""
    if issubclass(model, TenantModel):
        return not model.unaudited
    return bool(getattr(model, "is_the_tenant", False))


def watch_tables(alias: str = "owner") -> int:
    """Lay the functions and triggers, and take them from tables that opted out; return how many are watched. Repeatable."""
    count = 0
    with connections[alias].cursor() as cursor:
        for statement in FUNCTIONS:
            cursor.execute(statement)
        for model in apps.get_models():
            if is_watched(model):
                for statement in _triggers(_watched(model)):
                    cursor.execute(statement)
                count += 1
            elif issubclass(model, TenantModel):
                for verb in _REFERENCING:
                    cursor.execute(f'DROP TRIGGER IF EXISTS audit_{verb} ON "{model._meta.db_table}"')  # noqa: SLF001 -- Django's documented Meta API
    return count


def _watched(model: type[models.Model]) -> Watched:
    meta = model._meta  # noqa: SLF001 -- Django's documented Meta API
    columns = {str(field.column): field for field in meta.concrete_fields}
    never: tuple[str, ...] = getattr(model, "never_audited", ())
    concealed = {
        column for column, field in columns.items() if isinstance(field, SecretField) or {field.name, column} & {*never}
    }
    key = str(meta.pk.column)
    person = key if getattr(model, "is_the_person", False) else "contact_id" if "contact_id" in columns else ""
    return Watched(meta.db_table, key, person, tuple(sorted(concealed)))


def _triggers(watched: Watched) -> Iterator[str]:
    arguments = f"'{watched.key}', '{watched.person}', '{{{','.join(watched.concealed)}}}'"
    for verb, referencing in _REFERENCING.items():
        yield (
            f'CREATE OR REPLACE TRIGGER audit_{verb} AFTER {verb.upper()} ON "{watched.table}" {referencing} '
            "FOR EACH STATEMENT WHEN (COALESCE(current_setting('cove.audit_entry', true), '') <> '') "
            f"EXECUTE FUNCTION audit_note_{verb}({arguments})"
        )
