"""The HTTP interface: an ASGI application over the engine."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import Receive, Scope, Send

from cove.launch.embedded.clickhouse.encoding import ENCODERS, PlainEncoder, choose_encoding
from cove.launch.embedded.clickhouse.engine import Answer, Engine, Query
from cove.launch.embedded.clickhouse.failure import QueryError
from cove.launch.embedded.clickhouse.request import check_caller, read_query

logger = logging.getLogger(__name__)

READERS = 4
"""Threads for queries: two cores gain nothing from more, but a short query may pass three slow ones."""
WRITERS = 2
"""Threads for inserts, so that no dashboard holds up the shipping of facts."""

KILL_AGAIN_SECONDS = 0.5

Result = TypeVar("Result")


class Interface:
    """The ASGI application; one for a process, as the engine is."""

    def __init__(self, engine: Engine, password: str) -> None:
        self.engine = engine
        self.password = password
        self.spool_folder = engine.folder / "incoming"
        self.spool_folder.mkdir(exist_ok=True)
        self.readers = ThreadPoolExecutor(READERS, "read")
        self.writers = ThreadPoolExecutor(WRITERS, "write")
        self.control = ThreadPoolExecutor(1, "control")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            return
        request = Request(scope, receive)
        query: Query | None = None
        try:
            if request.url.path == "/ping" or (request.method != "POST" and "query" not in request.query_params):
                await PlainTextResponse("Ok.\n")(scope, receive, send)
                return
            check_caller(request, self.password)
            query = await read_query(request, self.spool_folder)
            await self._answer(request, query, send)
        except QueryError as error:
            await _refusal(error, query)(scope, receive, send)
        except ClientDisconnect:
            logger.debug("a client went away before its request was whole")
        finally:
            if query is not None:
                query.rows.close()

    def close(self) -> None:
        """Stop the threads after the work they have, and close the engine."""
        self.engine.kill_all()
        for pool in (self.readers, self.writers, self.control):
            pool.shutdown(wait=True, cancel_futures=True)
        self.engine.close()

    async def _answer(self, request: Request, query: Query, send: Send) -> None:
        encoding = None
        if request.query_params.get("enable_http_compression") == "1":
            encoding = choose_encoding(request.headers.get("accept-encoding", ""))
        new_encoder = ENCODERS[encoding] if encoding else PlainEncoder
        pool = self.writers if query.insert else self.readers
        watch = asyncio.create_task(self._kill_when_deserted(request, query))
        try:
            answer = await _in(pool, self.engine.run, query, new_encoder)
            await self._send(answer, query, encoding, send)
        finally:
            watch.cancel()

    async def _send(self, answer: Answer, query: Query, encoding: str | None, send: Send) -> None:
        headers = {
            "X-ClickHouse-Summary": answer.progress.header(),
            "X-ClickHouse-Query-Id": query.id,
            "X-ClickHouse-Server-Display-Name": "cove",
            "X-ClickHouse-Timezone": self.engine.timezone,
            "Content-Type": "text/plain; charset=UTF-8",
        }
        if answer.format:
            headers["X-ClickHouse-Format"] = answer.format
        if encoding:
            headers["Content-Encoding"] = encoding
        if answer.rest is None:
            headers["Content-Length"] = str(len(answer.head))
        else:
            headers["X-ClickHouse-Exception-Tag"] = answer.tag
        await send({"type": "http.response.start", "status": 200, "headers": _raw(headers)})
        more = answer.rest is not None
        await send({"type": "http.response.body", "body": answer.head, "more_body": more})
        if answer.rest is not None:
            await self._send_rest(answer.rest, send)

    async def _send_rest(self, rest: Iterator[bytes], send: Send) -> None:
        """Fetch and send piece by piece: no thread is held while a client reads."""
        try:
            while (piece := await _in(self.readers, next, rest, None)) is not None:
                await send({"type": "http.response.body", "body": piece, "more_body": True})
        finally:
            await _in(self.readers, _close, rest)
        await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _kill_when_deserted(self, request: Request, query: Query) -> None:
        """Stop a read that nobody waits for; what writes goes on to its end, as with ClickHouse."""
        while (await request.receive())["type"] != "http.disconnect":
            pass
        if query.insert is None and query.is_read:
            logger.info("the client of query %s went away; the query is stopped", query.id)
            # It may not have begun yet: whoever answers ends this when it has ended.
            while True:
                await _in(self.control, self.engine.kill, query.id)
                await asyncio.sleep(KILL_AGAIN_SECONDS)


def _refusal(error: QueryError, query: Query | None) -> Response:
    headers = {"X-ClickHouse-Exception-Code": str(error.code)}
    if query is not None:
        headers["X-ClickHouse-Query-Id"] = query.id
    return PlainTextResponse(f"{error.text}\n", error.status, headers)


def _raw(headers: dict[str, str]) -> list[tuple[bytes, bytes]]:
    return [(name.lower().encode("latin-1"), value.encode("latin-1", "replace")) for name, value in headers.items()]


def _close(rest: Any) -> None:
    rest.close()


async def _in(pool: ThreadPoolExecutor, work: Callable[..., Result], *arguments: Any) -> Result:
    """Do blocking work in a pool, to its end even if the waiting task is cancelled."""
    future = asyncio.get_running_loop().run_in_executor(pool, work, *arguments)
    return await asyncio.shield(future)
