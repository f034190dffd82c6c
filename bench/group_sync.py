"""The bare technique of the edge's references: many requests share one write and one fdatasync, and each is answered after it."""

from __future__ import annotations

import asyncio
import os
import queue
import tempfile
import threading
from typing import Any

_waiting: queue.SimpleQueue[tuple[bytes, asyncio.Future[None]]] = queue.SimpleQueue()


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


async def lifespan(receive: Any, send: Any) -> None:
    """Run the writer as long as the application lives."""
    await receive()
    threading.Thread(target=_write, args=(asyncio.get_running_loop(),), daemon=True).start()
    await send({"type": "lifespan.startup.complete"})
    await receive()
    await send({"type": "lifespan.shutdown.complete"})


async def kept(line: bytes) -> None:
    """Return when `line` is on disk."""
    future = asyncio.get_running_loop().create_future()
    _waiting.put((line, future))
    await future
