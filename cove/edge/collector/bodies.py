"""The body of a request: bounded while it comes, and bounded again while it is unpacked."""

from __future__ import annotations

import zlib

from cove.edge.collector.refusals import BatchTooLarge, EventTooLarge, NotUnpacked, UnknownEncoding
from cove.edge.collector.wire import LARGEST_BATCH, LARGEST_EVENT, MOST_EVENTS
from cove.edge.http import Receive
from cove.kernel.errors import CoveError

_GZIP = 31
"""zlib's number for a gzip header with the largest window."""


class GoneError(Exception):
    """Whoever asked has hung up; there is nobody to answer."""


def too_large(*, batch: bool) -> CoveError:
    """Return the refusal of a body that is too large."""
    return BatchTooLarge(events=MOST_EVENTS, limit=LARGEST_BATCH) if batch else EventTooLarge(limit=LARGEST_EVENT)


async def body_of(receive: Receive, *, announced: bytes, encoding: bytes, batch: bool) -> bytes:
    """Return the whole body, unpacked. Raises a refusal, or GoneError."""
    limit = LARGEST_BATCH if batch else LARGEST_EVENT
    if announced.isdigit() and int(announced) > limit:
        raise too_large(batch=batch)
    body: bytes = b""
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise GoneError
        body = body + message.get("body", b"") if body else message.get("body", b"")
        if len(body) > limit:
            raise too_large(batch=batch)
        if not message.get("more_body"):
            break
    if encoding in (b"", b"identity"):
        return body
    if encoding not in (b"gzip", b"x-gzip"):
        raise UnknownEncoding
    return _unpacked(body, limit, batch=batch)


def _unpacked(body: bytes, limit: int, *, batch: bool) -> bytes:
    unpacker = zlib.decompressobj(_GZIP)
    try:
        # No more than the limit is ever unpacked, however much a bomb would give.
        plain = unpacker.decompress(body, limit + 1)
    except zlib.error as error:
        raise NotUnpacked from error
    if len(plain) > limit:
        raise too_large(batch=batch)
    if not unpacker.eof or unpacker.unused_data:
        raise NotUnpacked
    return plain
