"""Draining: from the spool into the log, in order, each entry exactly once however often a process dies on the way."""

from __future__ import annotations

import threading
import time
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from itertools import cycle
from pathlib import Path

import psycopg
import structlog

from cove.edge.spool.folder import Place, SpoolFolder, orphans
from cove.edge.spool.reading import chunk_after, much_waits
from cove.edge.spool.turn import Turn, place_of
from cove.edge.spool.writer import Spool

GATHER_SECONDS = 0.1
"""Pause after a batch while more comes in: PostgreSQL then gets hundreds of facts at once, and its own syncs leave the disk to ours."""
IDLE_SECONDS = 1.0
BACK_OFF_SECONDS = 1.0
ADOPT_SECONDS = 5.0
CONNECTIONS = 2

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
                with (
                    psycopg.connect(self._dsn, autocommit=True, connect_timeout=5) as one,
                    psycopg.connect(self._dsn, autocommit=True, connect_timeout=5) as other,
                    ThreadPoolExecutor(CONNECTIONS, "spool-turn") as executor,
                ):
                    self._drain(executor, one, other)
            except psycopg.Error as error:
                log.warning("spool waits for PostgreSQL", error=str(error).strip())
            except Exception:  # the drainer must outlive whatever befell one batch
                log.exception("spool drainer stumbled")
            if self._stopping.wait(BACK_OFF_SECONDS):
                return

    def _drain(self, executor: Executor, one: psycopg.Connection, other: psycopg.Connection) -> None:
        folder, connections = self._spool.folder, cycle((one, other))
        place = place_of(one, folder.name)
        turn: Turn | None = None
        running: Future[None] | None = None
        while True:
            self._wake.clear()
            ending = self._stopping.is_set()
            # Read and made ready while PostgreSQL takes the chunk before.
            chunk = chunk_after(folder, place, self._spool.durable)
            if running is not None and (chunk.after == place or self._adopting_is_due()):
                running.result()
                turn = running = None
            if running is None:
                self._adopt(one)
            if chunk.after == place:
                if ending:
                    return
                self._wake.wait(IDLE_SECONDS)
                continue
            turn, before = Turn(folder, chunk, turn), running
            running = executor.submit(turn.run, next(connections))
            place = chunk.after
            if before is not None:
                before.result()
            if not much_waits(place, self._spool.durable):
                self._stopping.wait(GATHER_SECONDS)

    def _adopting_is_due(self) -> bool:
        return time.monotonic() - self._adopted >= ADOPT_SECONDS

    def _adopt(self, connection: psycopg.Connection) -> None:
        if not self._adopting_is_due():
            return
        self._adopted = time.monotonic()
        for folder in orphans(self._root):
            try:
                while pour(connection, folder, None):
                    pass
            except BaseException:
                folder.release()
                raise
            log.info("spool adopted and drained", spool=folder.name)
            folder.remove()
            connection.execute("DELETE FROM spool_cursor WHERE spool = %s", [folder.name])


def pour(connection: psycopg.Connection, folder: SpoolFolder, until: Place | None) -> Place | None:
    """Move the next chunk of a spool into the log, and its cursor with it; return the place after it, None if there is none.

    `until` is as `chunk_after` takes it.
    """
    place = place_of(connection, folder.name)
    chunk = chunk_after(folder, place, until)
    if chunk.after == place:
        return None
    Turn(folder, chunk).run(connection)
    return chunk.after
