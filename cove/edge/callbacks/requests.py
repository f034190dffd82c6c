"""What the platforms' doors look at in a request, and what they answer: nothing that they do not need is read."""

from __future__ import annotations

import json
from typing import Any, NamedTuple
from urllib.parse import parse_qsl

from cove.edge.http import Headers, Receive, Scope, address


class TooLargeError(ValueError):
    """More was sent, or announced, than is taken."""


class GoneError(Exception):
    """Whoever asked has hung up before all was said; there is nobody to answer."""


class Reply(NamedTuple):
    """A whole answer."""

    status: int
    headers: Headers
    body: bytes


def query_of(text: str) -> dict[str, str]:
    """Return what stands behind the question mark; of a name that comes twice the last value."""
    if "%" not in text and "+" not in text:
        # As platforms write it: nothing is escaped, and each name has a value.
        pairs = [pair.split("=", 1) for pair in text.split("&")]
        if all(len(pair) == 2 for pair in pairs):  # noqa: PLR2004 -- a name and a value
            return dict(pairs)
    return dict(parse_qsl(text, keep_blank_values=True))


class Knock:
    """One request of a platform, or of somebody who says that he is one."""

    def __init__(self, scope: Scope, receive: Receive) -> None:
        self.path: str = scope["path"]
        self.method: str = scope["method"]
        self._scope = scope
        self._receive = receive

    @property
    def query(self) -> dict[str, str]:
        """What stands behind the question mark; of a name that comes twice the last value."""
        return query_of(self._scope["query_string"].decode("latin-1"))

    @property
    def address(self) -> str:
        """Where it comes from."""
        return address(self._scope)

    async def body(self, most: int) -> bytes:
        """Return the body of at most `most` bytes. Raises TooLargeError, or GoneError."""
        for name, value in self._scope["headers"]:
            if name == b"content-length" and value.isdigit() and int(value) > most:
                raise TooLargeError
        body: bytes = b""
        while True:
            message = await self._receive()
            if message["type"] == "http.disconnect":
                raise GoneError
            body = body + message.get("body", b"") if body else message.get("body", b"")
            if len(body) > most:
                raise TooLargeError
            if not message.get("more_body"):
                return body


def plain(status: int, body: bytes) -> Reply:
    """Return an answer that is text and nothing else, whatever a browser may take it for: an echo may be a stranger's words."""
    headers: Headers = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"content-length", str(len(body)).encode()),
        (b"x-content-type-options", b"nosniff"),
    ]
    return Reply(status, headers, body)


def said_in_json(document: Any) -> Reply:
    """Return an answer of JSON."""
    body = json.dumps(document, separators=(",", ":")).encode()
    headers: Headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    return Reply(200, headers, body)
