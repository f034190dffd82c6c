"""Reading a spool a chunk at a time, with all that can be made ready before PostgreSQL takes it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from cove.edge.spool.entry import Record
from cove.edge.spool.folder import CHUNK, Place, SpoolFolder
from cove.kernel.log.seen import packed_keys, raw_key_of

LARGE = CHUNK // 4
"""Bytes. Where as much as this waits there is nothing to gather."""


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


def chunk_after(folder: SpoolFolder, place: Place, until: Place | None) -> Chunk:
    """Return the next chunk after `place`; its own place is its end if there is none.

    `until` tells where the durable part ends; None says that nobody writes any more.
    """
    records, after, torn = folder.read(place, until=until)
    if not records and after.segment > place.segment and not torn:
        # Only the end of a segment.
        records, after, torn = folder.read(after, until=until)
    in_order = sorted(records, key=attrgetter("tenant_id"))
    groups = groupby(in_order, key=attrgetter("tenant_id"))
    return Chunk(place, after, [Part.of(tenant_id, list(mine)) for tenant_id, mine in groups], torn)


def much_waits(place: Place, until: Place) -> bool:
    """Tell whether much lies between two places."""
    return until.segment > place.segment or until.offset - place.offset >= LARGE
