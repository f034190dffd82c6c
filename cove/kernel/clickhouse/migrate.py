"""Definitions of ClickHouse tables: numbered SQL files in the modules' ``clickhouse`` folders, each run once, in order."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import resources
from importlib.resources.abc import Traversable

from django.apps import apps

from cove.kernel.clickhouse import client

_NOTES = """
CREATE TABLE IF NOT EXISTS schema_note (name String, at DateTime DEFAULT now())
ENGINE = MergeTree ORDER BY name
"""


def migrate() -> list[str]:
    """Run what has not run yet; return the names that ran. A statement ends with a semicolon at the end of a line."""
    client.command(_NOTES)
    done = {row[0] for row in client.client().query("SELECT name FROM schema_note").result_rows}
    ran = []
    for name, text in sorted(_files()):
        if name in done:
            continue
        for statement in text.split(";\n"):
            if statement.strip():
                client.command(statement)
        client.client().insert("schema_note", [[name]], column_names=["name"])
        ran.append(name)
    return ran


def _files() -> Iterator[tuple[str, str]]:
    for config in apps.get_app_configs():
        if not config.name.startswith("cove."):
            continue
        folder: Traversable = resources.files(config.name) / "clickhouse"
        if not folder.is_dir():
            continue
        for file in folder.iterdir():
            if file.name.endswith(".sql"):
                yield f"{config.label}/{file.name}", file.read_text(encoding="utf-8")
