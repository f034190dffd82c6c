"""The reference: the least that answers a scan durably. No visitor, no member, no signature, no database, one file."""

from __future__ import annotations

from typing import Any

from bench.group_sync import kept, lifespan

_HEADERS = [(b"location", b"/somewhere"), (b"content-length", b"0")]


async def application(scope: Any, receive: Any, send: Any) -> None:
    """Append the request's path, query and headers to a file and answer 302 when they are on disk."""
    if scope["type"] == "lifespan":
        await lifespan(receive, send)
        return
    parts = [scope["raw_path"], scope["query_string"], *(b": ".join(pair) for pair in scope["headers"])]
    await kept(b" ".join(parts) + b"\n")
    await send({"type": "http.response.start", "status": 302, "headers": _HEADERS})
    await send({"type": "http.response.body", "body": b""})
