"""Live notes to open pages: which person's phone has something new."""

import asyncio
from collections.abc import AsyncIterator

KEEP_ALIVE_SECONDS = 15.0


class Streams:
    """Tells every listening page the ids of the persons whose phones changed."""

    def __init__(self) -> None:
        self._queues: set[asyncio.Queue[int | None]] = set()
        self._closed = False

    def tell(self, person_id: int) -> None:
        """Say that something on this person's phone changed. 0 means: the set of phones itself."""
        for queue in self._queues:
            queue.put_nowait(person_id)

    def close(self) -> None:
        """End all streams, so that the server can stop."""
        self._closed = True
        for queue in self._queues:
            queue.put_nowait(None)

    async def listen(self) -> AsyncIterator[bytes]:
        """Server-sent events, one `data: <person id>` for each change."""
        queue: asyncio.Queue[int | None] = asyncio.Queue()
        self._queues.add(queue)
        try:
            yield b"retry: 1000\n\n"
            while not self._closed:
                try:
                    person_id = await asyncio.wait_for(queue.get(), KEEP_ALIVE_SECONDS)
                except TimeoutError:
                    yield b": still here\n\n"
                    continue
                if person_id is None:
                    return
                yield f"data: {person_id}\n\n".encode()
        finally:
            self._queues.discard(queue)
