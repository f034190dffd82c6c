"""``python -m bench.redirect.load port path connections seconds``: prints answered requests per second.

Each connection is kept alive and sends its next request when it has the answer to the last one. An answer that is no 302 ends the run.
"""

from __future__ import annotations

import asyncio
import sys
import time

import uvloop

_REQUEST = (
    "GET {path} HTTP/1.1\r\nhost: 127.0.0.1\r\naccept: text/html\r\naccept-language: zh-CN,zh;q=0.9\r\n"
    "user-agent: Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) MicroMessenger/8.0.50 NetType/5G\r\n"
    "referer: https://www.yunxiu-home.example/cases\r\nconnection: keep-alive\r\n\r\n"
)


class Connection(asyncio.Protocol):
    """One visitor's connection."""

    def __init__(self, request: bytes) -> None:
        self.request = request
        self.answered = 0
        self.fault = ""
        self._had = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Send the first request."""
        self._transport = transport
        transport.write(self.request)  # type: ignore[attr-defined]

    def data_received(self, data: bytes) -> None:
        """Count a whole answer and send the next request."""
        had = self._had + data
        if not had.endswith(b"\r\n\r\n"):
            self._had = had
            return
        self._had = b""
        if not had.startswith(b"HTTP/1.1 302"):
            self.fault = had[:200].decode("latin-1")
            self._transport.close()
            return
        self.answered += 1
        self._transport.write(self.request)  # type: ignore[attr-defined]


async def load(port: int, path: str, connections: int, seconds: float) -> float:
    loop = asyncio.get_running_loop()
    request = _REQUEST.format(path=path).encode()
    pairs = [await loop.create_connection(lambda: Connection(request), "127.0.0.1", port) for _ in range(connections)]
    started = time.perf_counter()
    before = sum(protocol.answered for _, protocol in pairs)
    await asyncio.sleep(seconds)
    answered = sum(protocol.answered for _, protocol in pairs) - before
    took = time.perf_counter() - started
    for transport, protocol in pairs:
        transport.close()
        if protocol.fault:
            raise SystemExit(protocol.fault)
    return answered / took


if __name__ == "__main__":
    port, path, connections, seconds = sys.argv[1:]
    print(uvloop.run(load(int(port), path, int(connections), float(seconds))))
