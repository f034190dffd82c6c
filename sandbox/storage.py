"""The one SQLite file that holds the whole state of the sandbox."""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

SCHEMA_VERSION = 1
# One file at the top, and one beside each platform that keeps more.
SCHEMAS = sorted(Path(__file__).parent.rglob("schema.sql"))

Row = dict[str, Any]


class Storage:
    """An open SQLite file. Used from the event loop's thread only, so statements never interleave."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.connection = sqlite3.connect(path, isolation_level=None)
        self.connection.row_factory = sqlite3.Row
        self.connection.execute("PRAGMA journal_mode=WAL")
        self.connection.execute("PRAGMA synchronous=NORMAL")
        self.connection.execute("PRAGMA foreign_keys=ON")
        self._create()

    def _create(self) -> None:
        found = self.connection.execute("PRAGMA user_version").fetchone()[0]
        if found not in (0, SCHEMA_VERSION):
            raise RuntimeError(f"The sandbox file has version {found}, this program reads {SCHEMA_VERSION}.")
        for schema in SCHEMAS:
            self.connection.executescript(schema.read_text(encoding="utf-8"))
        self.connection.execute(f"PRAGMA user_version={SCHEMA_VERSION}")

    def close(self) -> None:
        """Close the file; nothing may be read afterwards."""
        self.connection.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Keep all changes made inside, or none. Must not contain an await."""
        self.connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self.connection.execute("ROLLBACK")
            raise
        self.connection.execute("COMMIT")

    def run(self, sql: str, *values: Any) -> int:
        """Change rows; answers the id of the inserted row (or 0)."""
        return self.connection.execute(sql, values).lastrowid or 0

    def change(self, sql: str, *values: Any) -> int:
        """Change rows; answers how many."""
        return self.connection.execute(sql, values).rowcount

    def rows(self, sql: str, *values: Any) -> list[Row]:
        """All rows of a query, each as a dict."""
        return [dict(row) for row in self.connection.execute(sql, values)]

    def row(self, sql: str, *values: Any) -> Row | None:
        """Return the first row of a query, or None."""
        found = self.connection.execute(sql, values).fetchone()
        return dict(found) if found else None

    def value(self, sql: str, *values: Any) -> Any:
        """Return the first column of the first row, or None."""
        found = self.connection.execute(sql, values).fetchone()
        return found[0] if found else None

    def insert(self, table: str, **columns: Any) -> int:
        """Insert one row; dicts, lists and bools are stored as JSON and integers."""
        names = ",".join(columns)
        marks = ",".join("?" * len(columns))
        return self.run(f"INSERT INTO {table} ({names}) VALUES ({marks})", *map(plain, columns.values()))  # noqa: S608 (names are ours)

    def wipe(self) -> None:
        """Delete every row of every table."""
        tables = self.rows("SELECT name FROM sqlite_master WHERE type='table' AND name NOT LIKE 'sqlite_%'")
        self.connection.execute("PRAGMA foreign_keys=OFF")
        with self.transaction():
            for table in tables:
                self.run(f'DELETE FROM "{table["name"]}"')  # noqa: S608 (names come from the schema)
            self.run("DELETE FROM sqlite_sequence")
        self.connection.execute("PRAGMA foreign_keys=ON")


def plain(value: Any) -> Any:
    """Return a value as SQLite keeps it."""
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)
    return int(value) if isinstance(value, bool) else value


def marks(values: Iterable[Any]) -> str:
    """Question marks for an IN list, as many as there are values."""
    return ",".join("?" for _ in values)
