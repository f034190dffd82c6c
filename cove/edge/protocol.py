"""The web process's side of HTTP: uvicorn's, with a short way for what platforms push.

A callback that can be taken as it is needs no task and no coroutine: it is weighed when its last byte is there, handed to the spool, and
answered when it is on disk. Everything else, above all whatever is refused, goes the long way through the ASGI application, which
remains the truth of what is taken and of what is said: the short way never refuses anything itself
(docs/decisions/0090-the-short-way-of-callbacks.md).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import import_module

import structlog
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from cove.edge import spool
from cove.edge.callbacks.knocks import Kept
from cove.edge.callbacks.requests import Reply, plain, query_of
from cove.edge.http import Headers

MOST_HELD = 64 * 1024
"""Bytes of a body; real ones have a few KiB. The long way takes more, or says that it is too much."""

_PREFIX = b"/callbacks/"
_DOORS = frozenset({"wecom", "wechat"})

log = structlog.get_logger(__name__)


class EdgeProtocol(HttpToolsProtocol):
    """One connection. What is held back of a request is its body, until it is known which way it goes."""

    _held: list[bytes] | None = None
    _room = 0

    def on_headers_complete(self) -> None:
        """Hold the request back if it may go the short way, else begin the long one."""
        if self.url.startswith(_PREFIX) and self._may_be_short():
            self._held, self._room = [], MOST_HELD
        else:
            super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        """Take a piece of the body; one that becomes too large goes the long way, which refuses it."""
        if self._held is None:
            super().on_body(body)
            return
        self._held.append(body)
        self._room -= len(body)
        if self._room < 0:
            self._go_the_long_way(self._held)

    def on_message_complete(self) -> None:
        """Take the whole request, or let the long way say why it is not taken."""
        held = self._held
        if held is not None:
            if self._taken(b"".join(held)):
                self._held = None
                return
            self._go_the_long_way(held)
        super().on_message_complete()

    def shutdown(self) -> None:
        """End, once what has begun to come in is answered."""
        if self._held is not None:
            self._go_the_long_way(self._held)
        super().shutdown()

    def _may_be_short(self) -> bool:
        """Tell whether nothing about the request itself is out of the ordinary: no other before it, no wish but an answer."""
        return (
            self.parser.get_method() == b"POST"
            and (self.cycle is None or self.cycle.response_complete)
            and not self.expect_100_continue
            and not self.parser.should_upgrade()
            and not self.flow.write_paused
            and not self.config.access_log
            and self.limit_concurrency is None
        )

    def _go_the_long_way(self, held: list[bytes]) -> None:
        self._held = None
        super().on_headers_complete()
        for body in held:
            super().on_body(body)

    def _taken(self, body: bytes) -> bool:
        kept = _weighed(self.url.decode("latin-1"), body)
        if kept is None:
            return False
        keep_alive = self.parser.get_http_version() != "1.0" and self.parser.should_keep_alive()
        under_way = _UnderWay(self, kept, keep_alive=keep_alive)
        try:
            spool.submit(kept.frame, under_way.told)
        except spool.SpoolUnavailableError:
            return False
        # Stands where uvicorn looks whether a request is still to be answered: one that is sent meanwhile waits its turn.
        self.cycle = under_way  # type: ignore[assignment]  # as much of a cycle as is asked of one
        return True


def _weighed(url: str, body: bytes) -> Kept | None:
    path, _, query = url.partition("?")
    name, _, public_id = path.removeprefix("/callbacks/").partition("/")
    if name not in _DOORS:
        return None
    try:
        return _door(name)(public_id, query_of(query), body)
    except Exception:  # the long way answers it, and tells of it
        log.exception("a callback could not be weighed", platform=name)
        return None


@cache
def _door(name: str) -> Callable[[str, dict[str, str], bytes], Kept | None]:
    found: Callable[[str, dict[str, str], bytes], Kept | None] = import_module(f"cove.edge.callbacks.{name}").at_once
    return found


class _Ready:
    """An answer that is always the same, as bytes; made again when uvicorn's own headers change, once a second."""

    def __init__(self, reply: Reply) -> None:
        self._reply = reply
        self._common: Headers | None = None
        self._stays = self._ends = b""

    def bytes_of(self, common: Headers, *, keep_alive: bool) -> bytes:
        """Return head and body, with the headers that all answers of the server have."""
        if common is not self._common:
            lines = [b"%b: %b\r\n" % pair for pair in (*common, *self._reply.headers)]
            head = STATUS_LINE[self._reply.status] + b"".join(lines)
            self._stays = head + b"\r\n" + self._reply.body
            self._ends = head + b"connection: close\r\n\r\n" + self._reply.body
            self._common = common
        return self._stays if keep_alive else self._ends


_SUCCESS, _LOST = _Ready(plain(200, b"success")), _Ready(plain(503, b"try again"))


class _NobodyWaits:
    """Where uvicorn wakes whoever waits for a request's body: here it has come already."""

    def set(self) -> None:
        """Wake nobody."""


class _UnderWay:
    """A callback that is on its way to the disk; uvicorn sees it as a request that is being answered."""

    __slots__ = ("_kept", "_protocol", "disconnected", "keep_alive", "response_complete")

    message_event = _NobodyWaits()

    def __init__(self, protocol: EdgeProtocol, kept: Kept, *, keep_alive: bool) -> None:
        self._protocol, self._kept = protocol, kept
        self.keep_alive = keep_alive
        self.response_complete = self.disconnected = False

    def told(self, error: OSError | None) -> None:
        """Answer, now that it is durable, or that it cannot be."""
        if error is None:
            self._kept.safe()
            reply = _SUCCESS
        else:
            self._kept.lost(error)
            reply = _LOST
        self.response_complete = True
        protocol = self._protocol
        if protocol.transport.is_closing():
            return
        protocol.transport.write(reply.bytes_of(protocol.server_state.default_headers, keep_alive=self.keep_alive))
        if not self.keep_alive:
            protocol.transport.close()
        protocol.on_response_complete()
