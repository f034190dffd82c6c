"""Reading the audit log as the tests of this folder do: with plain SQL, as the owner."""

from __future__ import annotations

from django.db import connections


def rows(sql, *parameters, alias="owner"):
    with connections[alias].cursor() as cursor:
        cursor.execute(sql, parameters)
        names = [column.name for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def entries(tenant_id, command=""):
    found = rows("SELECT * FROM audit_entry WHERE tenant_id = %s ORDER BY id", tenant_id)
    return [row for row in found if row["command"].endswith(command)]


def changes(entry):
    found = rows("SELECT * FROM audit_change WHERE entry_id = %s ORDER BY id", entry["id"])
    return [row | {name: _plain(row[name]) for name in ("before", "after")} for row in found]


def _plain(value):
    import json

    return json.loads(value) if isinstance(value, str) else value
