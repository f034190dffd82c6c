"""Appending: many requests at once share one write and one fdatasync, and each is answered only after it."""

from __future__ import annotations

import asyncio
import errno
import os
import queue
import threading
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path

import structlog

from cove.edge.spool.entry import Entry, frame_of
from cove.edge.spool.folder import Place, claim_any, sync_folder

SEGMENT_BYTES = 16 * 1024 * 1024
MOST_WAITING = 64 * 1024 * 1024
"""Bytes in memory. A disk that is so far behind is as good as away."""
RESERVE = 256 * 1024 * 1024
RESERVE_SHARE = 20
"""What is left free: so many bytes, or that share of a small disk. PostgreSQL needs room beside us to take what is in the spool."""
LOOK_BYTES = 4 * 1024 * 1024
"""Written between two looks at how much is free."""

log = structlog.get_logger(__name__)

# macOS has no fdatasync; its fsync does at least as much.
_make_durable: Callable[[int], None] = getattr(os, "fdatasync", os.fsync)


class SpoolUnavailableError(Exception):
    """The disk did not take the entry; nothing was promised, so the caller answers 503."""


Told = Callable[[OSError | None], None]
"""Hears on the event loop what became of a frame: None when it is safe. It must not raise, and costs no task and no future."""

_MORE, _NO_MORE = True, False

_Waiting = tuple[bytes, Told]


class Spool:
    """The spool of one process. `start` on the event loop whose requests append; `append` only from that loop."""

    def __init__(self, root: Path) -> None:
        self.folder = claim_any(root)
        self.on_durable: Callable[[], None] = lambda: None
        self._frames: deque[_Waiting] = deque()
        # A word that there are frames, or that there will be no more. The writer is woken once for all that one turn of the loop brings:
        # woken for each it would fight the loop for Python's lock.
        self._words: queue.SimpleQueue[bool] = queue.SimpleQueue()
        self._rung = False
        self._file = -1
        self._distrusted = False
        self._waiting = 0
        self._unlooked = LOOK_BYTES
        self._place = Place((self.folder.segments() or [0])[-1], 0)
        self._open_next()
        self._thread = threading.Thread(target=self._run, name="spool-writer", daemon=True)
        self._loop: asyncio.AbstractEventLoop | None = None

    @property
    def durable(self) -> Place:
        """The end of what is safely on disk; all before it may be drained."""
        return self._place

    def start(self) -> None:
        """Begin to write, answering on the running event loop."""
        self._loop = asyncio.get_running_loop()
        self._thread.start()

    def stop(self) -> None:
        """Write what waits and let go of the folder."""
        if self._thread.is_alive():
            self._words.put(_NO_MORE)
            self._thread.join(10)
        os.close(self._file)
        self.folder.release()

    async def append(self, entry: Entry) -> None:
        """Return when `entry` is on disk. Raises SpoolUnavailableError, or EntryTooLargeError."""
        await self.submit_frame(frame_of(entry))

    def submit_frame(self, frame: bytes) -> asyncio.Future[None]:
        """Hand a frame, or several in a row, to the disk; the future is done when all is safe.

        Raises SpoolUnavailableError, as the future may.
        """
        if self._loop is None:
            raise SpoolUnavailableError("the spool is not running")
        future: asyncio.Future[None] = self._loop.create_future()
        self.submit(frame, partial(_answer, future))
        return future

    def submit(self, frame: bytes, told: Told) -> None:
        """Hand a frame, or several in a row, to the disk; `told` hears when all is safe, or why it is not. Raises SpoolUnavailableError."""
        if self._loop is None or self._waiting > MOST_WAITING:
            raise SpoolUnavailableError("the spool is not running, or the disk is far behind")
        self._waiting += len(frame)
        self._frames.append((frame, told))
        if not self._rung:
            self._rung = True
            self._loop.call_soon(self._ring)

    def _ring(self) -> None:
        self._rung = False
        self._words.put(_MORE)

    def _run(self) -> None:
        more = True
        while more:
            more = self._words.get()
            group = self._next_group()
            if group:
                data = b"".join([frame for frame, _ in group])
                self._settle(group, len(data), self._write(data))

    def _next_group(self) -> list[_Waiting]:
        group: list[_Waiting] = []
        with suppress(IndexError):
            while True:
                group.append(self._frames.popleft())
        return group

    def _write(self, data: bytes) -> OSError | None:
        try:
            # Even where there is no room: an empty segment takes none, and what lies before it goes as soon as it is drained.
            if self._distrusted or self._place.offset >= SEGMENT_BYTES:
                self._open_next()
            self._look_for_room(len(data))
            view = memoryview(data)
            while view:
                view = view[os.write(self._file, view) :]
            _make_durable(self._file)
        except OSError as error:
            if not self._distrusted:
                log.exception("spool cannot write", folder=str(self.folder.path))
            self._distrust()
            return error
        self._place = Place(self._place.segment, self._place.offset + len(data))
        self.on_durable()
        return None

    def _look_for_room(self, size: int) -> None:
        self._unlooked += size
        if self._unlooked < LOOK_BYTES:
            return
        disk = os.fstatvfs(self._file)
        if disk.f_bavail * disk.f_frsize < min(RESERVE, disk.f_blocks * disk.f_frsize // RESERVE_SHARE) + size:
            raise OSError(errno.ENOSPC, "the rest of the disk is PostgreSQL's, which must take what is in the spool")
        self._unlooked = 0

    def _distrust(self) -> None:
        # What was half written is cut off; if even that fails, it stands at the end of a segment that nothing follows.
        # After a failed sync the kernel may have dropped pages, so the segment is never written again, unless it is empty:
        # a disk that stays full must not get a new file with every try.
        self._distrusted, self._unlooked = True, LOOK_BYTES
        with suppress(OSError):
            os.ftruncate(self._file, self._place.offset)
            self._distrusted = self._place.offset > 0

    def _open_next(self) -> None:
        place = Place(self._place.segment + 1, 0)
        file = os.open(self.folder.segment(place.segment), os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
        sync_folder(self.folder.path)
        if self._file >= 0:
            os.close(self._file)
        self._file, self._place, self._distrusted = file, place, False

    def _settle(self, group: list[_Waiting], size: int, error: OSError | None) -> None:
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._tell, group, size, error)

    def _tell(self, group: list[_Waiting], size: int, error: OSError | None) -> None:
        self._waiting -= size
        for _, told in group:
            try:
                told(error)
            except Exception:  # the others of the group must hear of it, whatever befell one
                log.exception("what was kept could not be answered")


def _answer(future: asyncio.Future[None], error: OSError | None) -> None:
    if future.done():
        return
    if error is None:
        future.set_result(None)
    else:
        future.set_exception(SpoolUnavailableError(str(error)))


running: list[Spool] = []
"""The spool of this process while its edge runs: none or one."""


async def append(entry: Entry) -> None:
    """Return when `entry` is durable in this process's spool. Raises SpoolUnavailableError, or EntryTooLargeError."""
    if not running:
        raise SpoolUnavailableError("the edge is not running")
    await running[0].append(entry)


def submit_frame(frame: bytes) -> asyncio.Future[None]:
    """Hand a frame to this process's spool; the future is done when it is durable. Raises SpoolUnavailableError, as the future may."""
    if not running:
        raise SpoolUnavailableError("the edge is not running")
    return running[0].submit_frame(frame)


def submit(frame: bytes, told: Told) -> None:
    """Hand a frame to this process's spool; `told` hears when it is durable, or why it is not. Raises SpoolUnavailableError."""
    if not running:
        raise SpoolUnavailableError("the edge is not running")
    running[0].submit(frame, told)
