"""Live notes to open pages: whose phone has something new."""

import asyncio
from collections.abc import AsyncIterator

KEEP_ALIVE_SECONDS = 15.0
# What is told when something came to members that no visitor's phone shows, to a mailbox, or to a number.
STAFF = "staff"
MAIL, SMS = "mail", "sms"


class Streams:
    """Tells every listening page the ids of the persons whose phones changed."""

    def __init__(self) -> None:
        self._queues: set[asyncio.Queue[int | str | None]] = set()
        self._closed = False

    def tell(self, who: int | str) -> None:
        """Say that something on this person's phone changed. 0 means the set of phones itself, a text something of members."""
        for queue in self._queues:
            queue.put_nowait(who)

    def close(self) -> None:
        """End all streams, so that the server can stop."""
        self._closed = True
        for queue in self._queues:
            queue.put_nowait(None)

    async def listen(self) -> AsyncIterator[bytes]:
        """Server-sent events, one `data: <person id or text>` for each change."""
        queue: asyncio.Queue[int | str | None] = asyncio.Queue()
        self._queues.add(queue)
        try:
            yield b"retry: 1000\n\n"
            while not self._closed:
                try:
                    who = await asyncio.wait_for(queue.get(), KEEP_ALIVE_SECONDS)
                except TimeoutError:
                    yield b": still here\n\n"
                    continue
                if who is None:
                    return
                yield f"data: {who}\n\n".encode()
        finally:
            self._queues.discard(queue)
