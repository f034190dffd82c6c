"""Definitions of ClickHouse tables: numbered SQL files in the modules' ``clickhouse`` folders, each run once, in order."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import resources
from importlib.resources.abc import Traversable

from django.apps import apps
from django.conf import settings

from cove.kernel.clickhouse import client
from cove.kernel.clickhouse.cluster import on_cluster

_NOTES = """
CREATE TABLE IF NOT EXISTS schema_note (name String, at DateTime DEFAULT now())
ENGINE = MergeTree ORDER BY name
"""
# Any server of the cluster may be asked what has run, so each has the whole list.
_NOTES_ON_CLUSTER = """
CREATE TABLE IF NOT EXISTS schema_note ON CLUSTER '{cluster}' (name String, at DateTime DEFAULT now())
ENGINE = ReplicatedMergeTree('/clickhouse/tables/{{uuid}}/schema_note', '{{shard}}-{{replica}}') ORDER BY name
"""


def migrate() -> list[str]:
    """Run what has not run yet; return the names that ran. A statement ends with a semicolon at the end of a line."""
    cluster = settings.CLICKHOUSE_CLUSTER
    client.command(_NOTES_ON_CLUSTER.format(cluster=cluster) if cluster else _NOTES)
    done = {row[0] for row in client.client().query("SELECT name FROM schema_note").result_rows}
    ran = []
    for name, text in sorted(_files()):
        if name in done:
            continue
        for statement in statements(text, cluster):
            client.command(statement)
        client.client().insert("schema_note", [[name]], column_names=["name"])
        ran.append(name)
    return ran


def statements(text: str, cluster: str) -> list[str]:
    """Return the statements of a file, for one machine or, if it has a name, for a cluster."""
    found = [one for one in text.split(";\n") if one.strip()]
    return [spread for one in found for spread in on_cluster(one, cluster)] if cluster else found


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
