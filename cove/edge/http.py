"""Answers of the hot routes, spoken straight to the server."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]
Headers = list[tuple[bytes, bytes]]

# A page of ours: no script, no frame, pictures from the platform that made them.
PAGE_POLICY = (
    b"default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data: http: https:; "
    b"base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


async def answer(send: Send, status: int, headers: Headers, body: bytes = b"") -> None:
    """Send a whole answer."""
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


ONE_FORM = PAGE_POLICY.replace(b"form-action 'none'", b"form-action 'self'")
"""The same for a page with a form that is answered by its own address."""


async def answer_page(send: Send, status: int, html: str, *, head: bool = False, policy: bytes = PAGE_POLICY) -> None:
    """Send a public page, without its body to a HEAD request."""
    body = html.encode()
    headers = [
        (b"content-type", b"text/html; charset=utf-8"),
        (b"content-length", str(len(body)).encode()),
        (b"content-security-policy", policy),
        (b"cache-control", b"no-store"),
        (b"referrer-policy", b"no-referrer"),
        (b"x-content-type-options", b"nosniff"),
        (b"vary", b"accept-language"),
    ]
    await answer(send, status, headers, b"" if head else body)


def header(scope: Scope, name: bytes, limit: int = 500) -> str:
    """Return up to `limit` characters of a request header (`name` in lower case), empty if it is not there."""
    for key, value in scope["headers"]:
        if key == name:
            return str(value.decode("latin-1")[:limit])
    return ""


def address(scope: Scope) -> str:
    """Return the address the request came from, as the server saw it."""
    client = scope.get("client")
    return str(client[0]) if client else ""
