"""The same rows for a bare COPY: taken out of the log as the collector wrote them, and put into a table like it."""

from __future__ import annotations

from dataclasses import dataclass

import psycopg

MOST = 60_000
_COLUMNS = "tenant_id, kind, at, contact_id, visitor_id, member_id, source, chain, payload"


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows as COPY writes and reads them."""

    count: int
    text: bytes


def copied_rows() -> Rows:
    """Return the newest rows of the log."""
    with _owner() as connection, connection.cursor() as cursor:
        newest = f"SELECT {_COLUMNS} FROM log_fact ORDER BY position DESC LIMIT {MOST}"
        with cursor.copy(f"COPY ({newest}) TO STDOUT") as copy:
            text = b"".join(bytes(part) for part in copy)
    return Rows(text.count(b"\n"), text)


def lay_bare_table() -> None:
    """Make a table like the log, empty and without policies."""
    with _owner() as connection:
        connection.execute("CREATE TABLE bench_fact (LIKE log_fact INCLUDING ALL)")


def bare_copy(rows: Rows) -> None:
    """Copy all rows in, in one transaction."""
    with (
        _owner() as connection,
        connection.cursor() as cursor,
        cursor.copy(f"COPY bench_fact ({_COLUMNS}) FROM STDIN") as copy,
    ):
        copy.write(rows.text)


def _owner() -> psycopg.Connection:
    from cove.launch.env import environment

    return psycopg.connect(environment().effective_database_owner_url)
