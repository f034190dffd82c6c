"""The connection to ClickHouse. Every read names its tenant as `{tenant:UInt64}`; one without is refused before it is sent.

Beside that each table is sealed by the engine itself: a read is sent with a filter on every table that has a `tenant_id`, so that a
query which names its tenant in one place and forgets it in another still sees nobody else's rows
(ClickHouse setting ``additional_table_filters``).
"""

from __future__ import annotations

import re
import threading
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

import clickhouse_connect
from clickhouse_connect.driver.client import Client
from clickhouse_connect.driver.exceptions import ClickHouseError, DataError, OperationalError
from django.conf import settings

from cove.kernel.clickhouse.cluster import alter
from cove.kernel.errors import CoveError
from cove.kernel.words import Words

_local = threading.local()
_sealed: list[str] = []
# ClickHouse's own default; a query that names very many people is longer.
_USUAL_QUERY = 262_144

_CODE = re.compile(r"[Cc]ode:? (\d+)")
# ClickHouse's src/Common/ErrorCodes.cpp: CANNOT_PARSE_… (text, escapes, dates, numbers, UUID, arrays, end of line), INCORRECT_DATA,
# VALUE_IS_OUT_OF_RANGE_OF_DATA_TYPE, CANNOT_READ_ALL_DATA.
_UNREADABLE = {6, 25, 26, 27, 33, 38, 41, 72, 117, 130, 321, 376, 675}
# A block is stored as a whole or not at all, so text must not be cut into several; what it says is checked before anything is stored.
_ONE_BLOCK = {
    "max_insert_block_size": 10_000_000,
    "min_insert_block_size_rows": 10_000_000,
    "min_insert_block_size_bytes": 0,
    "input_format_null_as_default": 0,
    # Rows of one key are put together by the view that makes them; once more before they are written finds nothing.
    "optimize_on_insert": 0,
    # Text that several read in pieces has to be put together again into the one block.
    "input_format_parallel_parsing": 0,
    "date_time_input_format": "basic",
}


class NoTenantInQuery(RuntimeError):
    """A ClickHouse query that does not filter by `{tenant:UInt64}`: a programming error."""


class RowsRefused(Exception):
    """ClickHouse cannot read a row of what was to be inserted; the whole block was refused."""


class ClickHouseAway(CoveError):
    """ClickHouse does not answer. What is written meanwhile waits in the log and arrives later."""

    code = "cove.clickhouse_away"
    status = 503
    words = Words(
        "动态与分析服务暂时不可用，数据不会丢失，请稍后再试",
        "Timelines and analyses are away for the moment; nothing is lost, try again later",
    )


def client() -> Client:
    """Return this thread's ClickHouse client, connected on first use."""
    found: Client | None = getattr(_local, "client", None)
    if found is None:
        found = connect(settings.CLICKHOUSE_URL)
        _local.client = found
    return found


def connect(url: str) -> Client:
    """Open a client for `url` (``http://user:password@host:port/database``)."""
    parts = urlsplit(url)
    return clickhouse_connect.get_client(
        host=parts.hostname or "127.0.0.1",
        port=parts.port or 8123,
        username=parts.username or "default",
        password=parts.password or "",
        database=parts.path.strip("/") or "default",
        secure=parts.scheme == "https",
        autogenerate_session_id=False,
        tz_mode="aware",
    )


def rows(tenant_id: int, sql: str, **parameters: Any) -> list[dict[str, Any]]:
    """Return the rows of a query for one tenant, by column name.

    Raises NoTenantInQuery if `sql` does not use `{tenant:UInt64}`, and ClickHouseAway when nobody answers.
    """
    if "{tenant:UInt64}" not in sql:
        raise NoTenantInQuery(sql)
    try:
        chosen = {"max_query_size": str(len(sql.encode()) + _USUAL_QUERY), **_seal(tenant_id), **_over_all_shards()}
        result = client().query(sql, parameters={**parameters, "tenant": tenant_id}, settings=chosen)
    except OperationalError as error:
        raise ClickHouseAway from error
    return list(result.named_results())


def _over_all_shards() -> dict[str, Any]:
    # Whose a number is may be known on another shard than the one that has the facts: inner queries are asked once, of all.
    return {"distributed_product_mode": "global"} if settings.CLICKHOUSE_CLUSTER else {}


def sealed_tables() -> tuple[str, ...]:
    """Return the tables that hold rows of tenants, as ``database.table``; asked of ClickHouse once a process."""
    if not _sealed:
        found = client().query(
            "SELECT database, table FROM system.columns WHERE database = currentDatabase() AND name = 'tenant_id'"
        )
        _sealed.extend(sorted(f"{database}.{table}" for database, table in found.result_rows))
    return tuple(_sealed)


def _seal(tenant_id: int) -> dict[str, str]:
    filters = ", ".join(f"'{table}': 'tenant_id = {int(tenant_id)}'" for table in sealed_tables())
    return {"additional_table_filters": f"{{{filters}}}"}


def _once(token: str) -> dict[str, Any]:
    """Return the settings with which a token is stored once, in the table and in what materialized views make of it."""
    return {
        "insert_deduplication_token": token,
        "deduplicate_blocks_in_dependent_materialized_views": 1,
        # A batch may hold facts of very many months (an import of old orders), one part each.
        "max_partitions_per_insert_block": 0,
        **({"distributed_foreground_insert": 1} if settings.CLICKHOUSE_CLUSTER else {}),
    }


def insert_block(table: str, columns: Sequence[str], data: Sequence[Sequence[Any]], *, token: str) -> None:
    """Insert one block of rows into `table`, stored once however often the same `token` comes.

    Raises ClickHouseAway when it is away or cannot take anything now, DataError for rows that no column can hold.
    """
    try:
        client().insert(table, data, column_names=list(columns), settings=_once(token))
    except DataError:
        raise
    except ClickHouseError as error:
        raise ClickHouseAway from error


def insert_text(table: str, columns: Sequence[str], text: bytes | bytearray, *, token: str) -> None:
    """Insert rows written as TabSeparated (which is how PostgreSQL's COPY writes them), as one block, on the terms of `insert_block`.

    Raises RowsRefused when a row cannot be read (then nothing was stored), ClickHouseAway for everything else.
    """
    chosen = {**_once(token), **_ONE_BLOCK}
    try:
        # Any buffer goes through as it is, whatever the driver's types say; a copy would be one of many megabytes.
        client().raw_insert(table, list(columns), text, fmt="TabSeparated", settings=chosen)  # type: ignore[arg-type]
    except ClickHouseError as error:
        code = _CODE.search(str(error))
        if code and int(code.group(1)) in _UNREADABLE:
            raise RowsRefused(str(error)) from error
        raise ClickHouseAway from error


def changes(table: str, change: str) -> list[str]:
    """Return the statements that change a table, on one machine or on every server of the cluster."""
    cluster = settings.CLICKHOUSE_CLUSTER
    return alter(table, change, cluster) if cluster else [f"ALTER TABLE {table} {change}"]


def remove(tenant_id: int, table: str, where: str, **parameters: Any) -> None:
    """Delete the rows of one tenant that meet `where`, and wait until no part of the table holds them any more.

    The parts are written anew without them, so this is for few and weighty occasions. Raises ClickHouseAway.
    """
    change = f"DELETE WHERE tenant_id = {{tenant:UInt64}} AND ({where})"
    try:
        for sql in changes(table, change):
            client().command(sql, parameters={**parameters, "tenant": tenant_id}, settings={"mutations_sync": 2})
    except OperationalError as error:
        raise ClickHouseAway from error


def command(sql: str) -> None:
    """Run a statement that gives no rows (definitions; never data of tenants)."""
    client().command(sql)
