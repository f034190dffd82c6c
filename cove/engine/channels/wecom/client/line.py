"""A line to the platform for one channel: the token put in, refused tokens renewed once, errors by code, every call counted and logged."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import httpx
import structlog

from cove.engine.channels.wecom.client import tokens
from cove.engine.channels.wecom.contracts.cards import Credentials
from cove.engine.channels.wecom.errors import NoAnswer, Unreachable, WeComError
from cove.kernel.metrics import PLATFORM_CALLS

if TYPE_CHECKING:
    from cove.engine.channels.wecom.client.media import Upload

BUSY = -1
BUSY_RETRIES = 3
RATE_LIMIT = 45009
CONCURRENCY_LIMIT = 45033
PENALTY_SECONDS = 60.0
STALE_TOKEN = frozenset({40014, 42001})
PATIENCE = httpx.Timeout(5.0, connect=3.0)
# Twenty megabytes take their time; a delivery has half a minute in all.
UPLOAD_PATIENCE = httpx.Timeout(20.0, connect=3.0)
HTTP_OK = 200
SECRET_NAMES = frozenset(
    {"access_token", "corpsecret", "welcome_code", "secret", "code", "user_ticket", "response_code", "token"}
)

log = structlog.get_logger(__name__)


class Line:
    """Calls for one channel over a shared HTTP client. All calls raise WeComError, Unreachable or NoAnswer."""

    def __init__(self, credentials: Credentials, http: httpx.AsyncClient) -> None:
        self.credentials = credentials
        self._http = http

    async def get(self, path: str, **query: Any) -> dict[str, Any]:
        """GET ``/cgi-bin/{path}`` with the access token; return the document."""
        return await self._authorised("GET", path, query, None)

    async def post(self, path: str, body: Mapping[str, Any]) -> dict[str, Any]:
        """POST `body` to ``/cgi-bin/{path}`` with the access token; return the document."""
        return await self._authorised("POST", path, {}, body)

    async def upload(self, path: str, file: Upload, **query: Any) -> dict[str, Any]:
        """POST a file as `media` to ``/cgi-bin/{path}`` with the access token; return the document."""
        return await self._authorised("POST", path, query, None, file)

    async def download(self, path: str, **query: Any) -> bytes:
        """GET the bytes at ``/cgi-bin/{path}`` with the access token. A refusal comes as a document, as elsewhere."""
        token = await self._token()
        try:
            return await self._bytes(path, query | {"access_token": token})
        except WeComError as error:
            if error.errcode not in STALE_TOKEN:
                raise
        token = await self._token(stale=token)
        return await self._bytes(path, query | {"access_token": token})

    async def _bytes(self, path: str, query: Mapping[str, Any]) -> bytes:
        started = time.perf_counter()
        response = await self._send("GET", path, query, None)
        errcode = _errcode(response)
        self._note("GET", path, query, None, errcode, started)
        if errcode:
            raise WeComError(errcode)
        if response.status_code != HTTP_OK:
            raise NoAnswer(reason=f"HTTP {response.status_code}")
        return response.content

    async def call(
        self,
        method: str,
        path: str,
        query: Mapping[str, Any],
        body: Mapping[str, Any] | None,
        file: Upload | None = None,
    ) -> dict[str, Any]:
        """Make one call as it is, without token or second try."""
        started = time.perf_counter()
        errcode: int | str = "unreachable"
        try:
            response = await self._send(method, path, query, body, file)
            errcode = "no_answer"
            document = _document(response)
            # Some calls leave errcode out when all is well.
            errcode = int(document.get("errcode") or 0)
        except NoAnswer:
            errcode = "no_answer"
            raise
        finally:
            self._note(method, path, query, body, errcode, started)
        if errcode:
            raise WeComError(int(errcode), str(document.get("errmsg", "")))
        return document

    async def _authorised(
        self,
        method: str,
        path: str,
        query: dict[str, Any],
        body: Mapping[str, Any] | None,
        file: Upload | None = None,
    ) -> dict[str, Any]:
        token = await self._token()
        try:
            return await self.call(method, path, query | {"access_token": token}, body, file)
        except WeComError as error:
            if error.errcode not in STALE_TOKEN:
                raise
        token = await self._token(stale=token)
        return await self.call(method, path, query | {"access_token": token}, body, file)

    async def _token(self, *, stale: str = "") -> str:
        try:
            return await tokens.current(self, stale=stale)
        except NoAnswer as error:
            # No answer about the token leaves no doubt about the call: it has not left.
            raise Unreachable(base_url=self.credentials.base_url) from error

    async def _send(
        self,
        method: str,
        path: str,
        query: Mapping[str, Any],
        body: Mapping[str, Any] | None,
        file: Upload | None = None,
    ) -> httpx.Response:
        url = f"{self.credentials.base_url.rstrip('/')}/cgi-bin/{path}"
        files = {"media": (file.name, file.content, file.content_type)} if file else None
        patience = UPLOAD_PATIENCE if file else PATIENCE
        try:
            return await self._http.request(method, url, params=dict(query), json=body, files=files, timeout=patience)
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol) as error:
            raise Unreachable(base_url=self.credentials.base_url) from error
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise NoAnswer(reason=type(error).__name__) from error

    def _note(
        self,
        method: str,
        path: str,
        query: Mapping[str, Any],
        body: Mapping[str, Any] | None,
        errcode: int | str,
        started: float,
    ) -> None:
        PLATFORM_CALLS.labels(platform="wecom", call=path, errcode=str(errcode)).inc()
        log.debug(
            "platform call",
            platform="wecom",
            tenant=self.credentials.tenant_id,
            call=f"{method} {path}",
            query=blotted(query),
            body=blotted(body or {}),
            errcode=errcode,
            milliseconds=round((time.perf_counter() - started) * 1000, 1),
        )


class PatientLine(Line):
    """A line for long work that only reads: busy is tried three times more, a quota waited for (documents 90313, 90312)."""

    async def _authorised(
        self,
        method: str,
        path: str,
        query: dict[str, Any],
        body: Mapping[str, Any] | None,
        file: Upload | None = None,
    ) -> dict[str, Any]:
        busy = 0
        while True:
            try:
                return await super()._authorised(method, path, query, body, file)
            except WeComError as error:
                if error.errcode in (RATE_LIMIT, CONCURRENCY_LIMIT):
                    await asyncio.sleep(PENALTY_SECONDS if error.errcode == RATE_LIMIT else 1.0)
                    continue
                if error.errcode != BUSY or busy == BUSY_RETRIES:
                    raise
            except (NoAnswer, Unreachable):
                if busy == BUSY_RETRIES:
                    raise
            await asyncio.sleep(0.5 * 2**busy)
            busy += 1


def blotted(document: Mapping[str, Any]) -> dict[str, Any]:
    """Return a copy for the log in which secrets are blotted out."""
    return {name: "•••" if name in SECRET_NAMES else value for name, value in document.items()}


def _errcode(response: httpx.Response) -> int:
    # A file may be of text or JSON itself: only a document with an error number is a refusal.
    if not response.headers.get("content-type", "").startswith(("application/json", "text/plain")):
        return 0
    try:
        return int(_document(response).get("errcode") or 0)
    except (NoAnswer, ValueError, TypeError):
        return 0


def _document(response: httpx.Response) -> dict[str, Any]:
    # The platform says its noes with 200 and an errcode; anything else comes from somebody in between, or from a wrong address.
    if response.status_code != HTTP_OK:
        raise NoAnswer(reason=f"HTTP {response.status_code}")
    try:
        document = response.json()
    except ValueError as error:
        raise NoAnswer(reason=f"HTTP {response.status_code} without JSON") from error
    if not isinstance(document, dict):
        raise NoAnswer(reason="JSON that is no object")
    return document
