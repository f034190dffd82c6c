"""Draining: from the spool into the log, in order, each entry exactly once however often a process dies on the way."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import structlog
from psycopg.pq import ExecStatus, Format
from psycopg.pq.abc import PGresult

from cove.edge.spool.entry import Record
from cove.edge.spool.folder import Place, SpoolFolder, orphans
from cove.edge.spool.reading import Part, Reader
from cove.edge.spool.writer import Spool
from cove.kernel.log.publish import INSERT_FACTS_PACKED, WAKE_CHANNEL
from cove.kernel.log.seen import REMEMBER_KEYS_PACKED

GATHER_SECONDS = 0.1
"""Pause after a batch while more comes in: PostgreSQL then gets hundreds of facts at once, and its own syncs leave the disk to ours."""
IDLE_SECONDS = 1.0
BACK_OFF_SECONDS = 1.0
ADOPT_SECONDS = 5.0

log = structlog.get_logger(__name__)


class Drainer:
    """Drains this process's spool in a thread, and those of dead processes when there are some."""

    def __init__(self, dsn: str, spool: Spool, root: Path) -> None:
        self._dsn = dsn
        self._spool = spool
        self._root = root
        self._wake = threading.Event()
        self._stopping = threading.Event()
        self._adopted = 0.0
        self._executor = ThreadPoolExecutor(1, "spool-reader")
        self._thread = threading.Thread(target=self._run, name="spool-drainer", daemon=True)
        spool.on_durable = self._wake.set

    def start(self) -> None:
        """Begin to drain."""
        self._thread.start()

    def stop(self) -> None:
        """Drain what is durable if PostgreSQL is there, and end. What is left waits for the next start."""
        self._stopping.set()
        self._wake.set()
        self._thread.join(10)
        self._executor.shutdown(wait=False, cancel_futures=True)

    def _run(self) -> None:
        while True:
            try:
                with psycopg.connect(self._dsn, autocommit=True, connect_timeout=5) as connection:
                    self._drain(connection)
            except psycopg.Error as error:
                log.warning("spool waits for PostgreSQL", error=str(error).strip())
            except Exception:  # the drainer must outlive whatever befell one batch
                log.exception("spool drainer stumbled")
            if self._stopping.wait(BACK_OFF_SECONDS):
                return

    def _drain(self, connection: psycopg.Connection) -> None:
        reader = Reader(self._spool.folder, lambda: self._spool.durable, self._executor)
        while True:
            self._wake.clear()
            ending = self._stopping.is_set()
            moved_to = pour(connection, reader)
            self._adopt(connection)
            if moved_to:
                if not reader.much_waits(moved_to):
                    self._stopping.wait(GATHER_SECONDS)
            elif ending:
                return
            else:
                self._wake.wait(IDLE_SECONDS)

    def _adopt(self, connection: psycopg.Connection) -> None:
        if time.monotonic() - self._adopted < ADOPT_SECONDS:
            return
        self._adopted = time.monotonic()
        for folder in orphans(self._root):
            try:
                while pour(connection, Reader(folder, lambda: None)):
                    pass
            except BaseException:
                folder.release()
                raise
            log.info("spool adopted and drained", spool=folder.name)
            folder.remove()
            connection.execute("DELETE FROM spool_cursor WHERE spool = %s", [folder.name])


def pour(connection: psycopg.Connection, reader: Reader) -> Place | None:
    """Move the next records of a spool into the log, and its cursor with them; return the place after them, None if there are none."""
    folder = reader.folder
    with connection.transaction():
        place = _lock_cursor(connection, folder.name)
        chunk = reader.take(place)
        if chunk.after == place:
            return None
        reader.read_ahead(chunk.after)
        if chunk.torn:
            log.warning("spool segment ends torn", spool=folder.name, segment=place.segment, bytes=chunk.torn)
        if chunk.parts:
            append_parts(connection, folder, chunk.parts)
            connection.execute(f"NOTIFY {WAKE_CHANNEL}")
        connection.execute(
            'UPDATE spool_cursor SET segment = %s, "offset" = %s, moved_at = now() WHERE spool = %s',
            [chunk.after.segment, chunk.after.offset, folder.name],
        )
    if chunk.after.segment != place.segment:
        folder.drop_before(chunk.after)
    return chunk.after


def append_parts(connection: psycopg.Connection, folder: SpoolFolder, parts: Sequence[Part]) -> None:
    """Append records to the log in the current transaction, tenant by tenant; within a tenant the order stays."""
    for part in parts:
        connection.execute("SELECT set_config('cove.tenant_id', %s, true)", [str(part.tenant_id)])
        for record, code in _digestible(connection, part):
            _note_refusal(folder, record, code)


def _lock_cursor(connection: psycopg.Connection, name: str) -> Place:
    lock = 'SELECT segment, "offset" FROM spool_cursor WHERE spool = %s FOR UPDATE'
    row = connection.execute(lock, [name]).fetchone()
    if row is None:
        connection.execute("INSERT INTO spool_cursor (spool) VALUES (%s) ON CONFLICT DO NOTHING", [name])
        row = connection.execute(lock, [name]).fetchone()
    return Place(row[0], row[1]) if row else Place()


def _digestible(connection: psycopg.Connection, part: Part) -> Iterator[tuple[Record, str]]:
    """Insert what PostgreSQL takes, halving the batch around what it does not; give the records it refused with its code."""
    tenant_id, records = part.tenant_id, part.records
    try:
        with connection.transaction():
            _insert(connection, part)
    except (psycopg.DataError, psycopg.IntegrityError) as error:
        if len(records) == 1:
            # Its words may quote the entry; the code says what is wrong.
            log.error("spool entry refused by PostgreSQL", tenant=tenant_id, code=error.sqlstate)  # noqa: TRY400 -- see above
            yield records[0], error.sqlstate or ""
            return
        middle = len(records) // 2
        yield from _digestible(connection, Part.of(tenant_id, records[:middle]))
        yield from _digestible(connection, Part.of(tenant_id, records[middle:]))


def _insert(connection: psycopg.Connection, part: Part) -> None:
    rows = _unseen(connection, part)
    if rows:
        _execute(connection, INSERT_FACTS_PACKED, str(part.tenant_id).encode(), b"\n".join(rows))


def _unseen(connection: psycopg.Connection, part: Part) -> list[bytes]:
    """Return the rows whose key, if they have one, was never seen before, and remember the keys."""
    if not part.wanted:
        return [record.row for record in part.records]
    told = _execute(connection, REMEMBER_KEYS_PACKED, str(part.tenant_id).encode(), part.packed)
    if told.ntuples == len(part.wanted) and len(part.wanted) + part.keys.count(b"") == len(part.keys):
        return [record.row for record in part.records]
    fresh = {told.get_value(index, 0) for index in range(told.ntuples)}
    rows: list[bytes] = []
    for key, record in zip(part.keys, part.records, strict=True):
        if not key or key in fresh:
            fresh.discard(key)
            rows.append(record.row)
    return rows


def _execute(connection: psycopg.Connection, sql: bytes, tenant_id: bytes, much: bytes) -> PGresult:
    """Run a statement with megabytes of rows or keys by libpq itself, which waits for the answer without Python's lock.

    psycopg's own way takes that lock again for every piece that the socket takes, and waits for it behind the requests each time.
    """
    formats = [Format.TEXT, Format.BINARY]
    done = connection.pgconn.exec_params(sql, [tenant_id, much], param_formats=formats, result_format=Format.BINARY)
    if done.status not in (ExecStatus.COMMAND_OK, ExecStatus.TUPLES_OK):
        raise psycopg.errors.error_from_result(done)
    return done


def _note_refusal(folder: SpoolFolder, record: Record, code: str) -> None:
    """Leave word of an entry that is lost: what it was and why, never what it said. Nobody could take an erased person out of here."""
    kind, at, *_, payload = record.row.decode().split("\t")
    shape = {name: type(value).__name__ for name, value in json.loads(payload).items()}
    said = {"tenant_id": record.tenant_id, "kind": kind, "at": at, "code": code, "fields": shape}
    with (folder.path.parent / "refused.jsonl").open("a", encoding="utf-8") as file:
        file.write(f"{json.dumps(said)}\n")
