"""``python -m bench.callbacks.load port path connections seconds``: prints how many events were answered, and how many a second.

Posts are sealed before the first is sent. Each connection is kept alive and sends its next when it has the answer to the last one.
An answer other than ``success`` ends the run.
"""

from __future__ import annotations

import asyncio
import sys
import time

import uvloop

from bench.callbacks.posts import Post, posts

POSTS_A_SECOND = 25_000
"""More than any machine of this size takes; running out of them ends the run with an error, not with a wrong figure."""

_HEAD = (
    "POST {path}?{query} HTTP/1.1\r\nhost: 127.0.0.1\r\nuser-agent: Mozilla/4.0\r\naccept: */*\r\n"
    "content-type: text/xml\r\ncontent-length: {length}\r\nconnection: keep-alive\r\n\r\n"
)


class Connection(asyncio.Protocol):
    """One of the platform's connections."""

    def __init__(self, requests: list[bytes]) -> None:
        self.requests = requests
        self.answered = 0
        self.fault = ""
        self._had = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Send the first post."""
        self._transport = transport
        transport.write(self.requests.pop())  # type: ignore[attr-defined]

    def data_received(self, data: bytes) -> None:
        """Count a whole answer and send the next post."""
        had = self._had + data
        if not had.endswith(b"\r\n\r\nsuccess"):
            self._had = had
            if had.startswith(b"HTTP/1.1 ") and had[9:12] != b"200":
                self.fault = had[:200].decode("latin-1")
                self._transport.close()
            return
        self._had = b""
        self.answered += 1
        if self.requests:
            self._transport.write(self.requests.pop())  # type: ignore[attr-defined]
        else:
            self.fault = "no posts left"


async def load(port: int, requests: list[bytes], connections: int, seconds: float) -> str:
    """Load the server and return what is to be printed."""
    loop = asyncio.get_running_loop()
    started = time.perf_counter()
    pairs = [await loop.create_connection(lambda: Connection(requests), "127.0.0.1", port) for _ in range(connections)]
    await asyncio.sleep(seconds)
    took, answered = time.perf_counter() - started, sum(protocol.answered for _, protocol in pairs)
    for transport, protocol in pairs:
        transport.close()
        if protocol.fault:
            raise SystemExit(protocol.fault)
    return f"{answered} {answered / took}"


def _request(path: str, post: Post) -> bytes:
    return _HEAD.format(path=path, query=post.query, length=len(post.body)).encode() + post.body


if __name__ == "__main__":
    port, path, connections, seconds = sys.argv[1:]
    sealed = [_request(path, post) for post in posts(int(POSTS_A_SECOND * float(seconds)))]
    print(uvloop.run(load(int(port), sealed, int(connections), float(seconds))))
