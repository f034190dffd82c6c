"""The engine: one folder, one process; a connection for each query, which costs a tenth of a millisecond."""

from __future__ import annotations

import json
import os
import re
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from chdb import ChdbError
from chdb.state import connect

from cove.launch.embedded.clickhouse.courtesy import let_merges_step_aside
from cove.launch.embedded.clickhouse.encoding import Encoder, PlainEncoder
from cove.launch.embedded.clickhouse.failure import QueryError, new_tag, tagged
from cove.launch.embedded.clickhouse.statement import Insert, first_word, result_format

DATABASE = "cove"
"""The database of a query that names none: the engine's own `default` would take names for files' names."""
FIRST_TABLE = "first_of_all"
"""A table that ends with the connection: with the first one the engine starts the threads of merges."""

BAD_ARGUMENTS = 36
UNKNOWN_SETTING = 115
PIECE = 1024 * 1024
"""Bytes of a body that are handed on at once."""

CONCATENABLE = {
    *("Native", "RowBinary", "TabSeparated", "TSV", "TabSeparatedRaw", "TSVRaw", "CSV", "Values"),
    *("JSONEachRow", "JSONLines", "NDJSON", "JSONCompactEachRow", "JSONStringsEachRow"),
}
"""Formats of which two results in a row are one result; the engine formats every piece of a stream anew."""

SETTING_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.]*")


@dataclass(frozen=True, kw_only=True)
class Query:
    """One request: the text (or the insert with its rows), and what goes with it."""

    id: str
    text: bytes
    insert: Insert | None
    rows: IO[bytes]
    database: str
    default_format: str
    parameters: Mapping[str, str]
    settings: Mapping[str, str]

    @property
    def is_read(self) -> bool:
        """True when stopping it half-way leaves nothing behind."""
        return first_word(self.text) in {"SELECT", "WITH", "SHOW", "DESCRIBE", "DESC", "EXPLAIN", "EXISTS"}


@dataclass
class Progress:
    """What the header X-ClickHouse-Summary tells."""

    started: float = field(default_factory=time.monotonic)
    read_rows: int = 0
    read_bytes: int = 0
    written_rows: int = 0
    written_bytes: int = 0
    result_rows: int = 0
    result_bytes: int = 0

    def header(self) -> str:
        """Give the numbers as JSON of texts, as ClickHouse does."""
        numbers = {name: value for name, value in vars(self).items() if name != "started"}
        numbers["elapsed_ns"] = int((time.monotonic() - self.started) * 1e9)
        return json.dumps({name: str(value) for name, value in numbers.items()})

    def add(self, result: Any) -> bytes:
        """Count a piece of a result, and give its bytes."""
        data: bytes = result.bytes()
        self.read_rows += result.storage_rows_read()
        self.read_bytes += result.storage_bytes_read()
        self.written_rows += result.rows_written()
        self.written_bytes += result.bytes_written()
        self.result_rows += result.rows_read()
        self.result_bytes += len(data)
        return data


@dataclass
class Answer:
    """What a query gives: its first bytes, and the rest where it did not all fit in them."""

    progress: Progress
    format: str | None
    head: bytes
    rest: Iterator[bytes] | None = None
    tag: str = ""


class Engine:
    """The engine over one folder. Its methods block; call them from worker threads."""

    def __init__(self, folder: Path, defaults: Mapping[str, str]) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.folder = folder
        self.defaults = dict(defaults)
        # The engine takes a URL's `?` and `%` as its own; a relative path keeps the folder's name out of it.
        os.chdir(folder)
        self.keeper = connect("data")
        self.keeper.query("CREATE DATABASE IF NOT EXISTS " + DATABASE)
        self.keeper.query(f"CREATE TEMPORARY TABLE {FIRST_TABLE} (a UInt8) ENGINE = MergeTree ORDER BY a")
        let_merges_step_aside()
        facts = self.keeper.query("SELECT timezone(), version()", "TabSeparated")
        self.timezone, self.version = facts.bytes().decode().strip().split("\t")

    def close(self) -> None:
        """End what runs and close the folder."""
        self.kill_all()
        self.keeper.close()

    def run(self, query: Query, new_encoder: Callable[[], Encoder] = PlainEncoder) -> Answer:
        """Run a query up to the first piece of its result. Raises `QueryError`."""
        connection = connect("data")
        try:
            self._settle(connection, query)
            answer = self._insert(connection, query) if query.insert else self._ask(connection, query, new_encoder)
        except (ChdbError, RuntimeError) as error:
            connection.close()
            raise QueryError.of_engine(error) from error
        except BaseException:
            connection.close()
            raise
        if answer.rest is None:
            connection.close()
        return answer

    def kill(self, query_id: str) -> None:
        """Stop a query that nobody waits for any more."""
        connection = connect("data")
        try:
            statement = f"KILL QUERY WHERE Settings['log_comment'] = {_literal(query_id)}"
            connection.query(statement)
        finally:
            connection.close()

    def kill_all(self) -> None:
        """Stop all queries."""
        self.keeper.query("KILL QUERY WHERE query_id != queryID() SYNC")

    def _settle(self, connection: Any, query: Query) -> None:
        settings = {**self.defaults, **query.settings, "log_comment": query.id}
        if query.insert:
            settings |= {f"param_{name}": value for name, value in query.parameters.items()}
        for name in settings:
            if not SETTING_NAME.fullmatch(name):
                raise QueryError(UNKNOWN_SETTING, f"Unknown setting '{name}'")
        connection.query(f"USE {_identifier(query.database)}")
        # `readonly` forbids further changes, so it comes last.
        ordered = sorted(settings.items(), key=lambda item: item[0] == "readonly")
        changes = ", ".join(f"{name} = {_literal(value)}" for name, value in ordered)
        connection.query(f"SET {changes}")

    def _insert(self, connection: Any, query: Query) -> Answer:
        assert query.insert
        progress = Progress()
        with connection.send_insert(query.insert.statement, query.insert.format) as inserter:
            while piece := query.rows.read(PIECE):
                inserter.append(piece)
            done = inserter.finish()
        progress.written_rows, progress.written_bytes = done.rows_written, done.bytes_written
        return Answer(progress, None, b"")

    def _ask(self, connection: Any, query: Query, new_encoder: Callable[[], Encoder]) -> Answer:
        text = _decoded(query)
        format_ = result_format(query.text) or query.default_format
        if format_ in CONCATENABLE:
            try:
                stream = connection.send_query(text, format_, params=dict(query.parameters))
            except (ChdbError, RuntimeError) as error:
                if not _cannot_stream(error):
                    raise
            else:
                return _streamed(connection, stream, format_, new_encoder())
        progress = Progress()
        data = progress.add(connection.query(text, format_, params=dict(query.parameters)))
        encoder = new_encoder()
        has_result = bool(data) or query.is_read
        return Answer(progress, format_ if has_result else None, encoder(data) + encoder.finish())


def _streamed(connection: Any, stream: Any, format_: str, encoder: Encoder) -> Answer:
    """Fetch up to one piece; a result that is longer goes on as an iterator that closes the connection."""
    progress = Progress()
    head: list[bytes] = []
    while progress.result_bytes < PIECE:
        result = stream.fetch()
        if result is None:
            return Answer(progress, format_, encoder(b"".join(head)) + encoder.finish())
        head.append(progress.add(result))
    tag = new_tag()
    return Answer(progress, format_, encoder(b"".join(head)), _rest(connection, stream, encoder, tag), tag)


def _rest(connection: Any, stream: Any, encoder: Encoder, tag: str) -> Iterator[bytes]:
    try:
        while (result := stream.fetch()) is not None:
            yield encoder(result.bytes())
    except (ChdbError, RuntimeError) as error:
        yield encoder(tagged(QueryError.of_engine(error), tag))
    finally:
        stream.cancel()
        connection.close()
    yield encoder.finish()


def _decoded(query: Query) -> str:
    try:
        return query.text.decode()
    except UnicodeDecodeError as error:
        raise QueryError(BAD_ARGUMENTS, "The query is not UTF-8; data go behind INSERT … FORMAT") from error


def _cannot_stream(error: Exception) -> bool:
    return "Streaming query is not supported for query" in str(error)


def _literal(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


def _identifier(name: str) -> str:
    return "`" + name.replace("\\", "\\\\").replace("`", "\\`") + "`"
