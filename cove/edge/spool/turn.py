"""One chunk's way from the spool into the log, with its cursor, in one transaction; two may be on their way, the second a step behind."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Sequence

import psycopg
import structlog
from psycopg.pq import ExecStatus, Format
from psycopg.pq.abc import PGresult

from cove.edge.spool.folder import Place, SpoolFolder
from cove.edge.spool.reading import Chunk, Part
from cove.kernel.log.publish import INSERT_FACTS_PACKED, WAKE_CHANNEL
from cove.kernel.log.seen import REMEMBER_KEYS_PACKED

log = structlog.get_logger(__name__)

# The order of the log is that of the numbers of transactions, and a transaction gets its number when it first asks for it.
_BIND = "SELECT set_config('cove.tenant_id', %s, true), pg_current_xact_id()"
_MOVE = """
UPDATE spool_cursor SET segment = %s, "offset" = %s, moved_at = now() WHERE spool = %s AND segment = %s AND "offset" = %s
"""
_UNLEARN = "DELETE FROM log_seen WHERE tenant_id = %s AND key = %s::uuid"


class BrokenOffError(Exception):
    """The turn before did not end well, or somebody else has moved the cursor: nothing of this one is kept."""


class Turn:
    """A chunk on its way. Each step waits for the same step of the turn `before`, which has another connection.

    So keys, facts and commits come in the order of the spool, while PostgreSQL remembers the keys of one chunk, takes the facts of
    another and waits for its disk at the same time. A turn waits for another drainer's keys only while it remembers its own, and by then
    the turn before it has remembered all: none waits in a circle. `keyed`, `written` and `over` are set when a step is done or will
    never be, and `kept` when all is committed.
    """

    def __init__(self, folder: SpoolFolder, chunk: Chunk, before: Turn | None = None) -> None:
        self._folder = folder
        self._chunk = chunk
        self._before = before
        self.keyed = threading.Event()
        self.written = threading.Event()
        self.over = threading.Event()
        self.kept = False

    def run(self, connection: psycopg.Connection) -> None:
        """Move the chunk into the log. Raises psycopg.Error or BrokenOffError; nothing is moved then."""
        before, self._before = self._before, None
        try:
            with connection.transaction():
                self._pour(connection, before)
            self.kept = True
        finally:
            for step in (self.keyed, self.written, self.over):
                step.set()
        if self._chunk.after.segment != self._chunk.place.segment:
            self._folder.drop_before(self._chunk.after)

    def _pour(self, connection: psycopg.Connection, before: Turn | None) -> None:
        chunk = self._chunk
        if before is not None:
            before.keyed.wait()
        unseen = [(part, _unseen(connection, part)) for part in chunk.parts]
        self.keyed.set()
        if before is not None:
            before.written.wait()
        for part, rows in unseen:
            self._write(connection, part, rows)
        self.written.set()
        if before is not None:
            before.over.wait()
            if not before.kept:
                raise BrokenOffError("the chunk before was not taken")
        self._move_cursor(connection)

    def _write(self, connection: psycopg.Connection, part: Part, rows: Sequence[bytes]) -> None:
        if not rows:
            return
        connection.execute(_BIND, [str(part.tenant_id)])
        for row, code in _digestible(connection, part.tenant_id, rows):
            # Its words may quote the entry; the code says what is wrong.
            log.error("spool entry refused by PostgreSQL", tenant=part.tenant_id, code=code)
            _note_refusal(self._folder, part.tenant_id, row, code)
            _unlearn(connection, part, row)

    def _move_cursor(self, connection: psycopg.Connection) -> None:
        place, after, name = self._chunk.place, self._chunk.after, self._folder.name
        if self._chunk.torn:
            log.warning("spool segment ends torn", spool=name, segment=place.segment, bytes=self._chunk.torn)
        if self._chunk.parts:
            connection.execute(f"NOTIFY {WAKE_CHANNEL}")
        moved = connection.execute(_MOVE, [after.segment, after.offset, name, place.segment, place.offset])
        if moved.rowcount != 1:
            raise BrokenOffError("the cursor is not where it was left")


def place_of(connection: psycopg.Connection, name: str) -> Place:
    """Return how far a spool is drained."""
    connection.execute("INSERT INTO spool_cursor (spool) VALUES (%s) ON CONFLICT DO NOTHING", [name])
    row = connection.execute('SELECT segment, "offset" FROM spool_cursor WHERE spool = %s', [name]).fetchone()
    return Place(row[0], row[1]) if row else Place()


def _unseen(connection: psycopg.Connection, part: Part) -> list[bytes]:
    """Return the rows whose key, if they have one, was never seen before, and remember the keys."""
    connection.execute(_BIND, [str(part.tenant_id)])
    if not part.wanted:
        return [record.row for record in part.records]
    told = _execute(connection, REMEMBER_KEYS_PACKED, part.tenant_id, part.packed)
    if not told.ntuples and len(part.wanted) + part.keys.count(b"") == len(part.keys):
        return [record.row for record in part.records]
    known = {told.get_value(index, 0) for index in range(told.ntuples)}
    rows: list[bytes] = []
    for key, record in zip(part.keys, part.records, strict=True):
        if not key or key not in known:
            if key:
                known.add(key)
            rows.append(record.row)
    return rows


def _digestible(connection: psycopg.Connection, tenant_id: int, rows: Sequence[bytes]) -> Iterator[tuple[bytes, str]]:
    """Insert what PostgreSQL takes, halving the rows around what it does not; give those it refused with its code."""
    try:
        with connection.transaction():
            _execute(connection, INSERT_FACTS_PACKED, tenant_id, b"\n".join(rows))
    except (psycopg.DataError, psycopg.IntegrityError) as error:
        if len(rows) == 1:
            yield rows[0], error.sqlstate or ""
            return
        middle = len(rows) // 2
        yield from _digestible(connection, tenant_id, rows[:middle])
        yield from _digestible(connection, tenant_id, rows[middle:])


def _execute(connection: psycopg.Connection, sql: bytes, tenant_id: int, much: bytes) -> PGresult:
    """Run a statement with megabytes of rows or keys by libpq itself, which waits for the answer without Python's lock.

    psycopg's own way takes that lock again for every piece that the socket takes, and waits for it behind the requests each time.
    """
    formats, given = [Format.TEXT, Format.BINARY], [str(tenant_id).encode(), much]
    done = connection.pgconn.exec_params(sql, given, param_formats=formats, result_format=Format.BINARY)
    if done.status not in (ExecStatus.COMMAND_OK, ExecStatus.TUPLES_OK):
        raise psycopg.errors.error_from_result(done)
    return done


def _unlearn(connection: psycopg.Connection, part: Part, row: bytes) -> None:
    """Forget the key of an entry that was refused: it is not in the log, so nothing may be dropped because of it."""
    key = next(key for key, record in zip(part.keys, part.records, strict=True) if record.row is row)
    if key:
        connection.execute(_UNLEARN, [part.tenant_id, key.hex()])


def _note_refusal(folder: SpoolFolder, tenant_id: int, row: bytes, code: str) -> None:
    """Leave word of an entry that is lost: what it was and why, never what it said. Nobody could take an erased person out of here."""
    kind, at, *_, payload = row.decode().split("\t")
    shape = {name: type(value).__name__ for name, value in json.loads(payload).items()}
    said = {"tenant_id": tenant_id, "kind": kind, "at": at, "code": code, "fields": shape}
    with (folder.path.parent / "refused.jsonl").open("a", encoding="utf-8") as file:
        file.write(f"{json.dumps(said)}\n")
