"""One spool's folder: whose it is, and its segments in order."""

from __future__ import annotations

import fcntl
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from cove.edge.spool.entry import Record, read_frames

CHUNK = 8 * 1024 * 1024
"""Bytes read at a time; larger than the largest frame."""

_SUFFIX = ".segment"


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A place in a spool: segment number, and bytes into it."""

    segment: int = 0
    offset: int = 0


class SpoolFolder:
    """A folder of numbered segments that this process holds by a lock until `release` or its death."""

    def __init__(self, path: Path, lock: int) -> None:
        self.path = path
        self.name = path.name
        self._lock = lock

    def segments(self) -> list[int]:
        """Return the numbers of the segments, oldest first."""
        return sorted(int(path.stem) for path in self.path.glob(f"*{_SUFFIX}"))

    def segment(self, number: int) -> Path:
        """Return the path of a segment."""
        return self.path / f"{number:012d}{_SUFFIX}"

    def read(self, place: Place, *, until: Place | None) -> tuple[list[Record], Place, int]:
        """Return the next records after `place`, the place after them, and how many torn bytes were passed over.

        `until` is where the durable part of a spool in use ends; None means that nobody writes any more. At the end of a segment the
        place moves to the beginning of the next one.
        """
        numbers = [number for number in self.segments() if number >= place.segment]
        if not numbers:
            return [], place, 0
        if numbers[0] != place.segment:
            place = Place(numbers[0], 0)
        live = until is not None and until.segment == place.segment
        size = CHUNK if not live or until is None else min(CHUNK, until.offset - place.offset)
        with self.segment(place.segment).open("rb") as file:
            file.seek(place.offset)
            chunk = file.read(max(size, 0))
        records, taken = read_frames(chunk)
        after = Place(place.segment, place.offset + taken)
        if taken or live or len(numbers) == 1:
            return records, after, 0
        return [], Place(numbers[1], 0), len(chunk)

    def drop_before(self, place: Place) -> None:
        """Remove segments that lie wholly before `place`. The newest stays, so that numbers are never used twice."""
        for number in self.segments()[:-1]:
            if number < place.segment:
                self.segment(number).unlink(missing_ok=True)

    def remove(self) -> None:
        """Remove a drained folder and let go of it; killed midway, it is without segments at the end, never without the newest alone."""
        # In the order of their names: segments, oldest first, then the lock.
        for path in sorted(self.path.iterdir()):
            path.unlink()
        self.path.rmdir()
        self.release()

    def release(self) -> None:
        """Let go of the folder; another process may adopt it."""
        os.close(self._lock)


def claim(path: Path) -> SpoolFolder | None:
    """Return the spool at `path` if nobody holds it, else None."""
    try:
        lock = os.open(path / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except FileNotFoundError:
        return None
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        # Whoever held it before may have removed the folder in between: then this is a lock on nothing.
        same = os.path.samestat(os.fstat(lock), (path / "lock").stat())
    except (BlockingIOError, FileNotFoundError):
        same = False
    if not same:
        os.close(lock)
        return None
    return SpoolFolder(path, lock)


def claim_any(root: Path) -> SpoolFolder:
    """Return a spool of our own under `root`: one that a dead process left, or a new one."""
    root.mkdir(parents=True, exist_ok=True)
    # What is in it is durable only if it is itself.
    sync_folder(root.parent)
    for path in sorted(root.iterdir()):
        found = claim(path) if path.is_dir() else None
        if found and found.segments():
            return found
        if found:
            # Somebody died while he removed it. Its numbers would begin anew, before the place that PostgreSQL knows as drained.
            found.remove()
    path = root / secrets.token_hex(6)
    path.mkdir(mode=0o700)
    sync_folder(root)
    return claim(path) or claim_any(root)


def orphans(root: Path) -> list[SpoolFolder]:
    """Return the spools under `root` that no living process holds, now held by us."""
    found = (claim(path) for path in sorted(root.iterdir()) if path.is_dir())
    return [folder for folder in found if folder]


def sync_folder(path: Path) -> None:
    """Make the names in a folder durable."""
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
