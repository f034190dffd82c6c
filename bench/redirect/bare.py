"""The reference: the least that answers a scan durably. No visitor, no member, no signature, no database, one file."""

from __future__ import annotations

import asyncio
import os
import queue
import tempfile
import threading
from typing import Any

_waiting: queue.SimpleQueue[tuple[bytes, asyncio.Future[None]]] = queue.SimpleQueue()
_HEADERS = [(b"location", b"/somewhere"), (b"content-length", b"0")]


def _write(loop: asyncio.AbstractEventLoop) -> None:
    with tempfile.NamedTemporaryFile(dir=os.environ["COVE_DATA"]) as file:
        while True:
            group = [_waiting.get()]
            while not _waiting.empty():
                group.append(_waiting.get())
            os.write(file.fileno(), b"".join(line for line, _ in group))
            os.fdatasync(file.fileno())
            loop.call_soon_threadsafe(_settle, [future for _, future in group])


def _settle(futures: list[asyncio.Future[None]]) -> None:
    for future in futures:
        if not future.done():
            future.set_result(None)


async def application(scope: Any, receive: Any, send: Any) -> None:
    """Append the request's path, query and headers to a file and answer 302 when they are on disk."""
    if scope["type"] == "lifespan":
        await receive()
        threading.Thread(target=_write, args=(asyncio.get_running_loop(),), daemon=True).start()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await send({"type": "lifespan.shutdown.complete"})
        return
    parts = [scope["raw_path"], scope["query_string"], *(b": ".join(pair) for pair in scope["headers"])]
    future = asyncio.get_running_loop().create_future()
    _waiting.put((b" ".join(parts) + b"\n", future))
    await future
    await send({"type": "http.response.start", "status": 302, "headers": _HEADERS})
    await send({"type": "http.response.body", "body": b""})
