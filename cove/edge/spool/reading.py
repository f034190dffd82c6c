"""Reading a spool ahead: while PostgreSQL takes one chunk, the next is made ready."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from cove.edge.spool.entry import Record
from cove.edge.spool.folder import CHUNK, Place, SpoolFolder
from cove.kernel.log.seen import packed_keys, raw_key_of

LARGE = CHUNK // 4
"""Bytes. Where as much as this waits there is nothing to gather, and the next chunk is read ahead."""


class Part(NamedTuple):
    """Records of one tenant in order, with the keys under which they are remembered: empty for one that has none."""

    tenant_id: int
    records: Sequence[Record]
    keys: list[bytes]
    wanted: list[bytes]
    packed: bytes

    @classmethod
    def of(cls, tenant_id: int, records: Sequence[Record]) -> Part:
        """Return the part, its keys worked out."""
        keys = [raw_key_of(record.key) if record.key else b"" for record in records]
        # In order: two drainers that wait for each other's keys would wait for ever.
        wanted = sorted({key for key in keys if key})
        return cls(tenant_id, records, keys, wanted, packed_keys(wanted))


class Chunk(NamedTuple):
    """What lies between two places of a spool, tenant by tenant; `torn` bytes of it were passed over."""

    place: Place
    after: Place
    parts: list[Part]
    torn: int


class Reader:
    """Reads one spool from place to place, ahead where there is an `executor`.

    `until` tells where the durable part ends; None says that nobody writes any more.
    """

    def __init__(
        self, folder: SpoolFolder, until: Callable[[], Place | None], executor: Executor | None = None
    ) -> None:
        self.folder = folder
        self._until = until
        self._executor = executor
        self._ahead: Future[Chunk] | None = None

    def take(self, place: Place) -> Chunk:
        """Return the next chunk after `place`; its own place is its end if there is none."""
        ahead, self._ahead = self._ahead, None
        if ahead is not None:
            chunk = ahead.result()
            if chunk.place == place:
                return chunk
        return self._read(place)

    def read_ahead(self, place: Place) -> None:
        """Begin to read what lies after `place`, if that is much."""
        if self._executor is not None and self.much_waits(place):
            self._ahead = self._executor.submit(self._read, place)

    def much_waits(self, place: Place) -> bool:
        """Tell whether much is durable after `place`."""
        until = self._until()
        return until is not None and (until.segment > place.segment or until.offset - place.offset >= LARGE)

    def _read(self, place: Place) -> Chunk:
        records, after, torn = self.folder.read(place, until=self._until())
        if not records and after.segment > place.segment and not torn:
            # Only the end of a segment.
            records, after, torn = self.folder.read(after, until=self._until())
        in_order = sorted(records, key=attrgetter("tenant_id"))
        groups = groupby(in_order, key=attrgetter("tenant_id"))
        return Chunk(place, after, [Part.of(tenant_id, list(mine)) for tenant_id, mine in groups], torn)
