"""Draining: from the spool into the log, in order, each entry exactly once however often a process dies on the way."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import attrgetter
from pathlib import Path

import psycopg
import structlog
from psycopg.pq import ExecStatus, Format
from psycopg.pq.abc import PGresult

from cove.edge.spool.entry import Record
from cove.edge.spool.folder import CHUNK, Place, SpoolFolder, orphans
from cove.edge.spool.writer import Spool
from cove.kernel.log.publish import INSERT_FACTS_PACKED, WAKE_CHANNEL
from cove.kernel.log.seen import REMEMBER_KEYS_PACKED, key_of

GATHER_SECONDS = 0.1
"""Pause after a batch while more comes in: PostgreSQL then gets hundreds of facts at once, and its own syncs leave the disk to ours."""
LARGE = CHUNK // 2
"""Bytes. Where as much as this waits there is nothing to gather."""
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
        while True:
            self._wake.clear()
            ending = self._stopping.is_set()
            moved_to = pour(connection, self._spool.folder, until=self._spool.durable)
            self._adopt(connection)
            if moved_to:
                if not self._much_waits(moved_to):
                    self._stopping.wait(GATHER_SECONDS)
            elif ending:
                return
            else:
                self._wake.wait(IDLE_SECONDS)

    def _much_waits(self, after: Place) -> bool:
        durable = self._spool.durable
        return durable.segment > after.segment or durable.offset - after.offset >= LARGE

    def _adopt(self, connection: psycopg.Connection) -> None:
        if time.monotonic() - self._adopted < ADOPT_SECONDS:
            return
        self._adopted = time.monotonic()
        for folder in orphans(self._root):
            try:
                while pour(connection, folder, until=None):
                    pass
            except BaseException:
                folder.release()
                raise
            log.info("spool adopted and drained", spool=folder.name)
            folder.remove()
            connection.execute("DELETE FROM spool_cursor WHERE spool = %s", [folder.name])


def pour(connection: psycopg.Connection, folder: SpoolFolder, *, until: Place | None) -> Place | None:
    """Move the next records of a spool into the log, and its cursor with them; return the place after them, None if there are none."""
    with connection.transaction():
        place = _lock_cursor(connection, folder.name)
        records, after, torn = folder.read(place, until=until)
        if after == place:
            return None
        if torn:
            log.warning("spool segment ends torn", spool=folder.name, segment=place.segment, bytes=torn)
        if records:
            append_records(connection, folder, records)
            connection.execute(f"NOTIFY {WAKE_CHANNEL}")
        connection.execute(
            'UPDATE spool_cursor SET segment = %s, "offset" = %s, moved_at = now() WHERE spool = %s',
            [after.segment, after.offset, folder.name],
        )
    if after.segment != place.segment:
        folder.drop_before(after)
    return after


def append_records(connection: psycopg.Connection, folder: SpoolFolder, records: Sequence[Record]) -> None:
    """Append records to the log in the current transaction, tenant by tenant; within a tenant the order stays."""
    in_order = sorted(records, key=attrgetter("tenant_id"))
    for tenant_id, mine in groupby(in_order, key=attrgetter("tenant_id")):
        connection.execute("SELECT set_config('cove.tenant_id', %s, true)", [str(tenant_id)])
        for record, code in _digestible(connection, tenant_id, list(mine)):
            _note_refusal(folder, record, code)


def _lock_cursor(connection: psycopg.Connection, name: str) -> Place:
    connection.execute("INSERT INTO spool_cursor (spool) VALUES (%s) ON CONFLICT DO NOTHING", [name])
    found = connection.execute('SELECT segment, "offset" FROM spool_cursor WHERE spool = %s FOR UPDATE', [name])
    row = found.fetchone()
    return Place(row[0], row[1]) if row else Place()


def _digestible(connection: psycopg.Connection, tenant_id: int, records: list[Record]) -> Iterator[tuple[Record, str]]:
    """Insert what PostgreSQL takes, halving the batch around what it does not; give the records it refused with its code."""
    try:
        with connection.transaction():
            _insert(connection, tenant_id, records)
    except (psycopg.DataError, psycopg.IntegrityError) as error:
        if len(records) == 1:
            # Its words may quote the entry; the code says what is wrong.
            log.error("spool entry refused by PostgreSQL", tenant=tenant_id, code=error.sqlstate)  # noqa: TRY400 -- see above
            yield records[0], error.sqlstate or ""
            return
        middle = len(records) // 2
        yield from _digestible(connection, tenant_id, records[:middle])
        yield from _digestible(connection, tenant_id, records[middle:])


def _insert(connection: psycopg.Connection, tenant_id: int, records: list[Record]) -> None:
    rows = _unseen(connection, tenant_id, records)
    if rows:
        _execute(connection, INSERT_FACTS_PACKED, str(tenant_id).encode(), b"\n".join(rows))


def _unseen(connection: psycopg.Connection, tenant_id: int, records: list[Record]) -> list[bytes]:
    """Return the rows whose key, if they have one, was never seen before, and remember the keys."""
    keys = [key_of(record.key) if record.key else "" for record in records]
    wanted = {key for key in keys if key}
    if not wanted:
        return [record.row for record in records]
    # In order: two drainers that wait for each other's keys would wait for ever.
    told = _execute(connection, REMEMBER_KEYS_PACKED, str(tenant_id).encode(), "\n".join(sorted(wanted)).encode())
    if told.ntuples == len(wanted) and len(wanted) + keys.count("") == len(keys):
        return [record.row for record in records]
    fresh = {(told.get_value(index, 0) or b"").decode() for index in range(told.ntuples)}
    rows: list[bytes] = []
    for key, record in zip(keys, records, strict=True):
        if not key or key in fresh:
            fresh.discard(key)
            rows.append(record.row)
    return rows


def _execute(connection: psycopg.Connection, sql: bytes, tenant_id: bytes, lines: bytes) -> PGresult:
    """Run a statement with megabytes of lines by libpq itself, which waits for the answer without Python's lock.

    psycopg's own way takes that lock again for every piece that the socket takes, and waits for it behind the requests each time.
    """
    done = connection.pgconn.exec_params(sql, [tenant_id, lines], param_formats=[Format.TEXT, Format.BINARY])
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
