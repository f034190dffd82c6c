"""The same definitions for a cluster: each table becomes a replicated one on every shard, and one over all shards under its own name.

Queries and inserts name the same tables as on one machine. Where a row belongs is said in the definition, in a comment before the engine:
``-- shard by <expression>``. The engine's own names (ON CLUSTER, ReplicatedMergeTree, Distributed) are as ClickHouse documents them.
"""

from __future__ import annotations

import re

_CREATE_TABLE = re.compile(
    r"CREATE TABLE IF NOT EXISTS (\w+) \(.*?\)\nENGINE = (\w*)MergeTree(?:\(([^)]*)\))?", re.DOTALL
)
_CREATE_VIEW = re.compile(r"CREATE MATERIALIZED VIEW IF NOT EXISTS (\w+) TO (\w+) AS\n(.*)", re.DOTALL)
_ALTER = re.compile(r"ALTER TABLE (\w+)\n?(.*)", re.DOTALL)
_SHARD = re.compile(r"-- shard by (.+)\n")
_COMMENT = re.compile(r"^\s*--[^\n]*\n", re.MULTILINE)
_SOURCE = re.compile(r"\bFROM (\w+)\b")
_WINDOW = "non_replicated_deduplication_window = 10000"
# A token must outlive any time for which ClickHouse may be away: a week.
_REPLICATED_WINDOW = "replicated_deduplication_window = 10000, replicated_deduplication_window_seconds = 604800"


class CannotSpread(RuntimeError):
    """A definition that is not written so that it can be spread over a cluster: a programming error."""


def local(table: str) -> str:
    """Return the name under which each shard keeps its rows of a table."""
    return f"{table}_local"


def on_cluster(statement: str, cluster: str) -> list[str]:
    """Return the statements that do on a cluster what `statement` does on one machine. Raises CannotSpread."""
    shard = _SHARD.search(statement)
    text = _COMMENT.sub("", statement).strip()
    if found := _CREATE_TABLE.match(text):
        if shard is None:
            raise CannotSpread(f"say “-- shard by …” for {found.group(1)}")
        return _create(text, found, shard.group(1).strip(), cluster)
    if found := _CREATE_VIEW.fullmatch(text):
        name, into, select = found.groups()
        source = _SOURCE.sub(lambda table: f"FROM {local(table.group(1))}", select)
        return [f"CREATE MATERIALIZED VIEW IF NOT EXISTS {name} ON CLUSTER '{cluster}' TO {local(into)} AS\n{source}"]
    if found := _ALTER.fullmatch(text):
        return alter(found.group(1), found.group(2), cluster)
    raise CannotSpread(text.partition("\n")[0])


def alter(table: str, change: str, cluster: str) -> list[str]:
    """Return the statements that change a table: what its rows are on every shard, and which columns it has over all of them."""
    kept = f"ALTER TABLE {local(table)} ON CLUSTER '{cluster}' {change}"
    if "COLUMN" not in change:
        return [kept]
    return [kept, f"ALTER TABLE {table} ON CLUSTER '{cluster}' {_CODEC.sub('', change)}"]


# How a column is compressed is nothing to a table without rows of its own.
_CODEC = re.compile(r"\s+CODEC\((?:[^()]|\([^()]*\))*\)")


def _create(text: str, found: re.Match[str], shard: str, cluster: str) -> list[str]:
    name, kind, arguments = found.groups()
    place = "'/clickhouse/tables/{uuid}/{shard}', '{replica}'"
    engine = f"Replicated{kind}MergeTree({place}{', ' + arguments if arguments else ''})"
    old = f"ENGINE = {kind}MergeTree" + (f"({arguments})" if arguments else "")
    kept = text.replace(
        f"TABLE IF NOT EXISTS {name} (", f"TABLE IF NOT EXISTS {local(name)} ON CLUSTER '{cluster}' (", 1
    )
    kept = kept.replace(old, f"ENGINE = {engine}", 1).replace(_WINDOW, _REPLICATED_WINDOW)
    over = (
        f"CREATE TABLE IF NOT EXISTS {name} ON CLUSTER '{cluster}' AS {local(name)}\n"
        f"ENGINE = Distributed('{cluster}', currentDatabase(), {local(name)}, {shard})"
    )
    return [kept, over]
