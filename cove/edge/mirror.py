"""The edge's mirror of signposts: in memory, in step with PostgreSQL within milliseconds, and on disk for when it is away."""

from __future__ import annotations

import asyncio
import json
import os
import re
import threading
import time
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import structlog

from cove.kernel.signposts.commands import WAKE_CHANNEL

READ_AGAIN_SECONDS = 60.0
BACK_OFF_SECONDS = 1.0
SAVE_SECONDS = 2.0
# Platforms give an address a second to answer when it is tried out, and `Mirror.ask` waits for the end of one look.
LISTEN_SECONDS = 0.1
MOST_ASKED = 64
ASK_SECONDS = 3.0

_NAME = re.compile(r"[A-Za-z0-9_-]{1,64}")

_ALL = "SELECT kind, key, tenant_id, document FROM signpost"

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Signpost:
    """What stands behind a public name. The object stays the same until its document changes."""

    kind: str
    key: str
    tenant_id: int
    document: dict[str, Any]


class Mirror:
    """All signposts, kept by a thread. `start` returns once there is something to answer from."""

    def __init__(self, dsn: str, file: Path) -> None:
        self._dsn = dsn
        self._file = file
        self._posts: dict[tuple[str, str], Signpost] = {}
        self._asked: dict[tuple[str, str], Future[None]] = {}
        self._stopping = threading.Event()
        self._loaded = threading.Event()
        self._saved = 0.0
        self._unsaved = False
        self._thread = threading.Thread(target=self._run, name="signpost-mirror", daemon=True)
        self.database_away = True

    def start(self, patience: float = 10.0) -> None:
        """Load from PostgreSQL, or from the file of an earlier run if PostgreSQL does not answer within `patience` seconds."""
        self._read_file()
        self._thread.start()
        self._loaded.wait(patience)

    def stop(self) -> None:
        """End the thread and leave the file up to date."""
        self._stopping.set()
        self._thread.join(10)
        self._save(force=True)

    def signpost(self, kind: str, key: str) -> Signpost | None:
        """Return what stands behind (`kind`, `key`), or None."""
        return self._posts.get((kind, key))

    async def ask(self, kind: str, key: str) -> Signpost | None:
        """Return what stands behind (`kind`, `key`) in PostgreSQL now, mostly within a tenth of a second.

        For a name that somebody saved this very moment. Memory answers when PostgreSQL is away, when it takes longer than
        `ASK_SECONDS`, when `MOST_ASKED` names are being asked for already, and for what cannot be the key of a signpost.
        """
        if not (self.database_away or len(self._asked) >= MOST_ASKED) and _NAME.fullmatch(key):
            answered = self._asked.setdefault((kind, key), Future())
            await asyncio.wait([asyncio.wrap_future(answered)], timeout=ASK_SECONDS)
        return self.signpost(kind, key)

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                with psycopg.connect(self._dsn, autocommit=True, connect_timeout=5) as connection:
                    self._follow(connection)
            except psycopg.Error as error:
                log.warning("signposts are answered from memory", error=str(error).strip())
            except Exception:  # the mirror must outlive whatever befell one change
                log.exception("signpost mirror stumbled")
            self.database_away = True
            self._loaded.set()
            self._stopping.wait(BACK_OFF_SECONDS)

    def _follow(self, connection: psycopg.Connection) -> None:
        # Listening first: what changes while everything is read comes again as a notice.
        connection.execute(f"LISTEN {WAKE_CHANNEL}")
        # The clock of a machine that has just started is near nought.
        read_at = -READ_AGAIN_SECONDS
        while not self._stopping.is_set():
            if time.monotonic() - read_at >= READ_AGAIN_SECONDS:
                self._read_all(connection)
                read_at = time.monotonic()
            changed = {notice.payload for notice in connection.notifies(timeout=LISTEN_SECONDS, stop_after=1)}
            for name in changed:
                kind, _, key = name.partition(":")
                self._read_one(connection, kind, key)
            self._answer(connection)
            self._save()

    def _answer(self, connection: psycopg.Connection) -> None:
        for name in list(self._asked):
            # Whoever asks while this is read asks anew: it may have been read before he saved.
            answered = self._asked.pop(name)
            self._read_one(connection, *name)
            answered.set_result(None)

    def _read_all(self, connection: psycopg.Connection) -> None:
        with connection.transaction():
            connection.execute("SET LOCAL ROLE cove_steward")
            rows = connection.execute(_ALL).fetchall()
        found = (Signpost(*row) for row in rows)
        # An unchanged signpost keeps its object, so that what was prepared from it is still known.
        fresh = {(post.kind, post.key): self._same_or(post) for post in found}
        self._unsaved = self._unsaved or fresh != self._posts
        self._posts = fresh
        self.database_away = False
        self._loaded.set()

    def _read_one(self, connection: psycopg.Connection, kind: str, key: str) -> None:
        with connection.transaction():
            connection.execute("SET LOCAL ROLE cove_steward")
            row = connection.execute(_ALL + " WHERE kind = %s AND key = %s", [kind, key]).fetchone()
        if row is None:
            self._posts.pop((kind, key), None)
        else:
            self._posts[kind, key] = self._same_or(Signpost(*row))
        self._unsaved = True

    def _same_or(self, post: Signpost) -> Signpost:
        known = self._posts.get((post.kind, post.key))
        return known if known == post else post

    def _save(self, *, force: bool = False) -> None:
        if not self._unsaved or (not force and time.monotonic() - self._saved < SAVE_SECONDS):
            return
        posts = [[post.kind, post.key, post.tenant_id, post.document] for post in list(self._posts.values())]
        draft = self._file.with_suffix(f".{os.getpid()}")
        try:
            descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                json.dump(posts, file, ensure_ascii=False)
                file.flush()
                os.fsync(file.fileno())
            draft.replace(self._file)
        except OSError:
            log.warning("signposts cannot be saved", exc_info=True)
            return
        self._saved, self._unsaved = time.monotonic(), False

    def _read_file(self) -> None:
        try:
            posts = json.loads(self._file.read_text(encoding="utf-8"))
            self._posts = {(row[0], row[1]): Signpost(*row) for row in posts}
        except FileNotFoundError:
            return
        except (ValueError, TypeError, IndexError):
            log.warning("the saved signposts cannot be read and are not used", file=str(self._file))


running: list[Mirror] = []
"""The mirror of this process while its edge runs: none or one."""


def signpost(kind: str, key: str) -> Signpost | None:
    """Return what stands behind (`kind`, `key`) in this process's mirror, or None."""
    return running[0].signpost(kind, key) if running else None


async def ask(kind: str, key: str) -> Signpost | None:
    """Return what stands behind (`kind`, `key`) in PostgreSQL now; see `Mirror.ask`."""
    return await running[0].ask(kind, key) if running else None


def database_away() -> bool:
    """Tell whether PostgreSQL did not answer this process when it was last asked."""
    return not running or running[0].database_away
