"""The reference: the least that takes an event durably. No key, no check, no visitor, no repeated message, no database, one file."""

from __future__ import annotations

import json
from typing import Any

from bench.group_sync import kept, lifespan


async def application(scope: Any, receive: Any, send: Any) -> None:
    """Parse the event, append it to a file, and answer its message's id when it is on disk."""
    if scope["type"] == "lifespan":
        await lifespan(receive, send)
        return
    body = b""
    while True:
        message = await receive()
        body += message.get("body", b"")
        if not message.get("more_body"):
            break
    event = json.loads(body)
    await kept(json.dumps(event).encode() + b"\n")
    answer = json.dumps({"message_id": event["message_id"]}).encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(answer)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": answer})
