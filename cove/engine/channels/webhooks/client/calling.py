"""One call: the name is resolved once, and the connection goes to that very address."""

from __future__ import annotations

import asyncio
import socket
import ssl
import time
from functools import lru_cache
from urllib.parse import urlsplit

import httpx

from cove import __version__
from cove.engine.channels.webhooks.client.guard import NotAllowed, resolved
from cove.engine.channels.webhooks.client.signing import headers
from cove.engine.channels.webhooks.contracts import Due, Reply
from cove.engine.channels.webhooks.queries.addresses import SCHEMES, wire_name
from cove.kernel import clock

PATIENCE_SECONDS = 10.0
MOST_SAID = 16 * 1024
MOST_KEPT = 1_000


async def call(due: Due) -> Reply:
    """Tell one webhook of one fact and return what came of it; never raises for what lies outside."""
    started = time.perf_counter()
    status, said, trouble = None, "", ""
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            status, said = await _send(due)
    except NotAllowed:
        trouble = "address_not_public"
    except (httpx.ConnectError, httpx.ConnectTimeout, OSError, UnicodeError) as error:
        trouble = _kind(error)
    except (httpx.HTTPError, httpx.InvalidURL):
        trouble = "no_answer"
    return Reply(status, said, round((time.perf_counter() - started) * 1000), trouble)


def _kind(error: BaseException) -> str:
    """Return why no connection came about, a code of `REASONS`: each is set right by somebody else."""
    if isinstance(error, socket.gaierror | UnicodeError):
        return "name_unknown"
    if isinstance(error, TimeoutError):
        return "no_answer"
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLError):
            return "tls_failed"
        cause = cause.__cause__ or cause.__context__
    return "unreachable"


async def _send(due: Due) -> tuple[int, str]:
    parts = urlsplit(due.url)
    host, port = wire_name(parts.hostname or ""), parts.port or SCHEMES[parts.scheme]
    address = await resolved(host, port)
    where = f"[{address}]" if ":" in address else address
    path = parts.path or "/"
    target = f"{parts.scheme}://{where}:{port}{path}" + (f"?{parts.query}" if parts.query else "")
    sent = headers(due.secrets, event_id=due.event_id, timestamp=int(clock.now().timestamp()), body=due.body)
    sent |= {
        "host": parts.netloc if parts.netloc.isascii() else host + (f":{parts.port}" if parts.port else ""),
        "content-type": "application/json; charset=utf-8",
        "user-agent": f"Cove/{__version__}",
    }
    # A client of its own for each call: a connection to this address must not be used for another name that leads there.
    async with httpx.AsyncClient(verify=_trust(), trust_env=False, follow_redirects=False) as http:
        request = http.build_request(
            "POST", target, content=due.body, headers=sent, extensions={"sni_hostname": host}, timeout=PATIENCE_SECONDS
        )
        response = await http.send(request, stream=True)
        try:
            return response.status_code, await _beginning(response)
        finally:
            await response.aclose()


async def _beginning(response: httpx.Response) -> str:
    said = b""
    # As it came: an answer of a few bytes may unpack to gigabytes.
    async for piece in response.aiter_raw():
        said += piece
        if len(said) >= MOST_SAID:
            break
    return said[:MOST_SAID].decode("utf-8", "replace").replace("\x00", "")[:MOST_KEPT]


@lru_cache(maxsize=1)
def _trust() -> ssl.SSLContext:
    return httpx.create_ssl_context()
