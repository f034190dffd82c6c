"""``python -m bench.ingest.load port key batch connections seconds``: prints the events that were answered, and from when to when.

Requests are made before the first is sent. Each connection is kept alive and sends its next request when it has the answer to the last
one. Every message has an id of its own. An answer that is no 200, or refuses an event, ends the run.
"""

from __future__ import annotations

import asyncio
import json
import random
import sys
import time
from collections.abc import Iterator
from itertools import count

import uvloop

MOST_A_SECOND = {True: 80_000, False: 20_000}
"""Events in batches, and single ones: more than any machine of this size takes. Running out of them ends the run with an error."""

_HEAD = (
    "POST /collect/{path} HTTP/1.1\r\nhost: 127.0.0.1\r\naccept: */*\r\naccept-language: zh-CN,zh;q=0.9\r\n"
    "content-type: text/plain;charset=UTF-8\r\norigin: https://www.yunxiu-home.example\r\n"
    "user-agent: Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) MicroMessenger/8.0.50 NetType/5G\r\n"
    "content-length: {length}\r\nconnection: keep-alive\r\n\r\n"
)
_NUMBER = "%012x"
_EVENT = {
    "message_id": f"{random.getrandbits(32):08x}-5ad0-4d53-9a6e-{_NUMBER}",
    "timestamp": "{now}",
    "event": "add_to_cart",
    "properties": {"sku": "SOFA-0042", "price": 1299.5, "quantity": 2, "colour": "雾灰"},
    "session_id": "b3d1c0de-77",
    "url": "https://www.yunxiu-home.example/goods/42?from=list",
    "title": "三人位布艺沙发",
}
_CONTEXT = {"library": "web/1.0.0", "automation": False, "locale": "zh-CN", "screen": "390x844", "consent": "granted"}


class Connection(asyncio.Protocol):
    """One sender's connection."""

    def __init__(self, batch: int, requests: list[bytes]) -> None:
        self.batch = batch
        self.answered = 0
        self.fault = ""
        self._requests = requests
        self._had = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Send the first request."""
        self._transport = transport
        self._send()

    def data_received(self, data: bytes) -> None:
        """Count a whole answer and send the next request."""
        had = self._had + data
        head, end, body = had.partition(b"\r\n\r\n")
        if not end or len(body) < _length(head):
            self._had = had
            return
        self._had = b""
        if not head.startswith(b"HTTP/1.1 200") or b'"code"' in body:
            self.fault = had[:500].decode()
            self._transport.close()
            return
        self.answered += self.batch
        self._send()

    def _send(self) -> None:
        if self._requests:
            self._transport.write(self._requests.pop())  # type: ignore[attr-defined]
        else:
            self.fault = "no requests left"


def _requests(key: str, batch: int, people: int, each: int) -> Iterator[list[bytes]]:
    """Give so many requests of each of so many people."""
    numbers, chance = count(random.getrandbits(40)), random.Random(4)
    for _ in range(people):
        form = _form(key, batch, f"6f1c3f1e-4d53-4d0b-9a6e-{chance.getrandbits(48):012x}")
        yield [form % tuple([next(numbers) for _ in range(batch)]) for _ in range(each)]


def _length(head: bytes) -> int:
    return int(head.lower().partition(b"content-length:")[2].split(b"\r\n")[0])


def _form(key: str, batch: int, anonymous_id: str) -> bytes:
    now = time.strftime("%Y-%m-%dT%H:%M:%S.120Z", time.gmtime())
    event = _EVENT | {"anonymous_id": anonymous_id, "timestamp": now}
    whole: dict[str, object] = {"write_key": key, "sent_at": now, "context": _CONTEXT}
    whole |= {"batch": [event | {"type": "track"}] * batch} if batch > 1 else event
    body = json.dumps(whole, ensure_ascii=False).encode()
    length = len(body) + batch * (12 - len(_NUMBER))
    return _HEAD.format(path="batch" if batch > 1 else "track", length=length).encode() + body


async def load(port: int, key: str, batch: int, connections: int, seconds: float) -> str:
    """Load the server and return what is to be printed."""
    loop = asyncio.get_running_loop()
    each = int(MOST_A_SECOND[batch > 1] * seconds / batch / connections) + 1
    made = [Connection(batch, requests) for requests in _requests(key, batch, connections, each)]
    started = time.monotonic()
    pairs = [await loop.create_connection(lambda one=one: one, "127.0.0.1", port) for one in made]  # type: ignore[misc]
    await asyncio.sleep(seconds)
    ended, answered = time.monotonic(), sum(one.answered for one in made)
    for transport, protocol in pairs:
        transport.close()
        if protocol.fault:
            raise SystemExit(protocol.fault)
    return f"{answered} {started} {ended}"


if __name__ == "__main__":
    port, key, batch, connections, seconds = sys.argv[1:]
    print(uvloop.run(load(int(port), key, int(batch), int(connections), float(seconds))))
