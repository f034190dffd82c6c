"""The reference: the least that takes an event durably. No key, no check, no visitor, no repeated message, no database, one file."""

from __future__ import annotations

import asyncio
import json
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


async def application(scope: Any, receive: Any, send: Any) -> None:
    """Parse the event, append it to a file, and answer its message's id when it is on disk."""
    if scope["type"] == "lifespan":
        await receive()
        threading.Thread(target=_write, args=(asyncio.get_running_loop(),), daemon=True).start()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await send({"type": "lifespan.shutdown.complete"})
        return
    body = b""
    while True:
        message = await receive()
        body += message.get("body", b"")
        if not message.get("more_body"):
            break
    event = json.loads(body)
    future = asyncio.get_running_loop().create_future()
    _waiting.put((json.dumps(event).encode() + b"\n", future))
    await future
    answer = json.dumps({"message_id": event["message_id"]}).encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(answer)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": answer})
