"""The sender: each event is sent again, with the same message id, until it was answered 200."""

from __future__ import annotations

import asyncio
import json
import random
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from tests.faults.house import Source

ANSWER_WITHIN = 10.0
"""Seconds; an answer that comes later is as good as none, and the event is sent again."""
PAUSE = 0.1
AGAIN_SHARE = 0.02
"""The share of acknowledged events that are sent once more all the same, as browsers do whose answer got lost."""
VISITORS = 500


@dataclass
class Told:
    """What the sender has seen."""

    issued: int = 0
    acknowledged: int = 0
    answers: Counter[str] = field(default_factory=Counter)
    refused: list[str] = field(default_factory=list)


class Sender:
    """Sends in a thread of its own until `finish`, and then on until everything it has begun is acknowledged.

    `rate` limits events per second, `pad` adds that many characters to each, `batch` above 1 sends so many at once to
    ``/collect/batch``. Numbers of events begin with 0; the message id is ``<name>-<number>``.
    """

    def __init__(
        self, source: Source, name: str, *, connections: int = 8, rate: float = 0, pad: int = 0, batch: int = 1
    ) -> None:
        self.source, self.name = source, name
        self.connections, self.rate, self.pad, self.batch = connections, rate, pad, batch
        self.told = Told()
        self._finishing = threading.Event()
        self._until = float("inf")
        self._begun = time.monotonic()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._main()), name=f"sender-{name}", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._begun = time.monotonic()
        self._thread.start()

    def finish(self, seconds: float) -> int:
        """Begin nothing new, wait until all that was begun is acknowledged, and return how many events that are.

        Raises AssertionError when something was refused for good, TimeoutError after `seconds`.
        """
        self._until = time.monotonic() + seconds
        self._finishing.set()
        self._thread.join(seconds + 2 * ANSWER_WITHIN)
        assert not self.told.refused, self.told.refused[:3]
        if self.told.acknowledged != self.told.issued:
            raise TimeoutError(f"{self.told.acknowledged} of {self.told.issued} acknowledged: {self.told.answers}")
        return self.told.issued

    async def _main(self) -> None:
        await asyncio.gather(*(self._run(number) for number in range(self.connections)))

    async def _run(self, number: int) -> None:
        line = Line(self.source.url)
        dice = random.Random(number)
        while not self._finishing.is_set() and not self.told.refused:
            await self._hold_back()
            first = self.told.issued
            self.told.issued += self.batch
            body = self._body(first)
            if await self._deliver(line, body) and dice.random() < AGAIN_SHARE:
                await self._once(line, body)
        line.close()

    async def _hold_back(self) -> None:
        if self.rate:
            ahead = self.told.issued / self.rate - (time.monotonic() - self._begun)
            await asyncio.sleep(max(0.0, ahead))

    async def _deliver(self, line: Line, body: bytes) -> bool:
        while time.monotonic() < self._until:
            status = await self._once(line, body)
            if status == 200:
                self.told.acknowledged += self.batch
                return True
            if status in range(400, 500) and status not in (408, 429):
                self.told.refused.append(f"{status} {line.said!r}")
                return False
            await asyncio.sleep(PAUSE)
        return False

    async def _once(self, line: Line, body: bytes) -> int:
        status = await line.ask("/collect/batch" if self.batch > 1 else "/collect/track", body)
        if status == 200 and self.batch > 1 and json.loads(line.said)["refused"]:
            status = 400
        self.told.answers[str(status or "none")] += 1
        return status

    def _body(self, first: int) -> bytes:
        events = [self._event(number) for number in range(first, first + self.batch)]
        if self.batch == 1:
            return json.dumps({"write_key": self.source.write_key, **events[0]}).encode()
        batch = [{"type": "track", **event} for event in events]
        return json.dumps({"write_key": self.source.write_key, "batch": batch}).encode()

    def _event(self, number: int) -> dict[str, object]:
        return {
            "message_id": f"{self.name}-{number}",
            "anonymous_id": f"visitor-{number % VISITORS:04d}",
            "event": "fault_test",
            "properties": {"number": number, "pad": "x" * self.pad},
        }


class Line:
    """One kept-alive connection that is opened again whenever it broke. `said` is the body of the last answer."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self._host, self._port = parts.hostname, parts.port
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None
        self.said = b""

    async def ask(self, path: str, body: bytes) -> int:
        """Post JSON and return the status, 0 if there was no whole answer."""
        head = f"POST {path} HTTP/1.1\r\nHost: {self._host}\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        try:
            async with asyncio.timeout(ANSWER_WITHIN):
                return await self._ask(head.encode() + body)
        except (OSError, EOFError, TimeoutError, ValueError):
            self.close()
            return 0

    async def _ask(self, request: bytes) -> int:
        if self._streams is None:
            self._streams = await asyncio.open_connection(self._host, self._port)
        reader, writer = self._streams
        writer.write(request)
        await writer.drain()
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
        length = next(int(line[15:]) for line in head.split("\r\n") if line.startswith("content-length:"))
        self.said = await reader.readexactly(length)
        if "connection: close" in head:
            self.close()
        return int(head.split(" ", 2)[1])

    def close(self) -> None:
        """Let the connection go."""
        if self._streams is not None:
            self._streams[1].close()
            self._streams = None
