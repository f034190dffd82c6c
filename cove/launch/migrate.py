"""Bringing both databases to the shape of this version. Repeatable; the second time nothing happens."""

from __future__ import annotations

import django


def migrate() -> None:
    """Run the migrations as the owner, seal and watch every tenant's table, and bring ClickHouse's definitions up to date."""
    django.setup()
    from django.core.management import call_command

    from cove.kernel.clickhouse.migrate import migrate as migrate_clickhouse
    from cove.kernel.database.seal import seal_tables
    from cove.kernel.database.watch import watch_tables

    call_command("migrate", database="owner", interactive=False, verbosity=0)
    seal_tables()
    watch_tables()
    migrate_clickhouse()


if __name__ == "__main__":
    import os

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cove.launch.settings")
    migrate()
