"""Console: having a file that was made for one."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from typing import IO

from django.core.handlers.asgi import ASGIRequest
from django.http import HttpRequest, StreamingHttpResponse
from django.utils.http import content_disposition_header
from ninja import Router

from cove.kernel.errors import NotFound
from cove.kernel.files.store import open_file
from cove.kernel.http.answers import refusals
from cove.kernel.http.doors import actor
from cove.kernel.http.gates import signed_in

console = Router(tags=["files"])

_CHUNK = 256 * 1024


@console.get("/files/{file_id}", response={200: bytes, **refusals(NotFound)}, **signed_in())
def download_file(request: HttpRequest, file_id: int) -> StreamingHttpResponse:
    """Download a file that one made, or that one's rights open; anybody else's does not exist."""
    found = open_file(actor(request), file_id)
    if found is None:
        raise NotFound
    row, handle = found
    # A server of either kind must be given the kind it can pass on piece by piece.
    pieces = _PiecesLater(handle) if isinstance(request, ASGIRequest) else _Pieces(handle)
    answer = StreamingHttpResponse(pieces, content_type=row.media_type)
    answer["Content-Length"] = str(row.size)
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=row.name) or "attachment"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer["Cache-Control"] = "private, no-store"
    return answer


class _Pieces:
    """A file piece by piece; the server closes it when the answer ends, also when nobody read any of it."""

    def __init__(self, handle: IO[bytes]) -> None:
        self._handle = handle
        self.close = handle.close

    def __iter__(self) -> Iterator[bytes]:
        while piece := self._handle.read(_CHUNK):
            yield piece


class _PiecesLater:
    """The same for a server that waits for each piece."""

    def __init__(self, handle: IO[bytes]) -> None:
        self._handle = handle
        self.close = handle.close

    async def __aiter__(self) -> AsyncIterator[bytes]:
        while piece := await asyncio.to_thread(self._handle.read, _CHUNK):
            yield piece
