"""A line to the platform for one account: the token put in, refused tokens renewed once, errors by code, every call counted and logged."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Mapping
from typing import Any

import httpx
import structlog

from cove.engine.channels.wechat.client import tokens
from cove.engine.channels.wechat.contracts.cards import Credentials
from cove.engine.channels.wechat.errors import WechatError, WechatNoAnswer, WechatUnreachable
from cove.kernel.metrics import PLATFORM_CALLS

BUSY = -1
BUSY_RETRIES = 3
RATE_LIMITS = frozenset({45009, 45011, 45066})
"""The last is said to whoever asks for one mass message again within a minute (fact sheet C6)."""
PENALTY_SECONDS = 60.0
# 40001 is a wrong secret only where a token is asked for; with a token it means that the token is no longer good (fact sheet C10).
STALE_TOKEN = frozenset({40001, 40014, 42001})
PATIENCE = httpx.Timeout(10.0, connect=3.0)
HTTP_OK = 200
SECRET_NAMES = frozenset({"access_token", "appsecret", "secret", "code", "js_code", "refresh_token", "session_key"})

log = structlog.get_logger(__name__)


class Line:
    """Calls for one account over a shared HTTP client. All calls raise WechatError, WechatUnreachable or WechatNoAnswer."""

    def __init__(self, credentials: Credentials, http: httpx.AsyncClient) -> None:
        self.credentials = credentials
        self._http = http

    async def get(self, path: str, **query: Any) -> dict[str, Any]:
        """GET `path` with the access token; return the document."""
        return document_of(await self._authorised("GET", path, query, None))

    async def post(self, path: str, body: Mapping[str, Any]) -> dict[str, Any]:
        """POST `body` to `path` with the access token; return the document."""
        return document_of(await self._authorised("POST", path, {}, _raw(body)))

    async def post_for_bytes(self, path: str, body: Mapping[str, Any]) -> bytes:
        """POST `body` to `path`, where success is a file and not JSON; return it."""
        return (await self._authorised("POST", path, {}, _raw(body))).content

    async def upload(
        self, path: str, *, name: str, content: bytes, fields: Mapping[str, str] | None = None, **query: Any
    ) -> dict[str, Any]:
        """POST a file as multipart `media`, with further form `fields`; return the document."""
        form = {"files": {"media": (name, content)}, "data": dict(fields or {})}
        return document_of(await self._authorised("POST", path, query, form))

    async def bare(
        self, method: str, path: str, query: Mapping[str, Any], body: Mapping[str, Any] | None
    ) -> dict[str, Any]:
        """Make one call as it is, without token or second try: for tokens themselves, and for codes that people bring."""
        return document_of(await self._call(method, path, query, _raw(body) if body is not None else None))

    async def _authorised(
        self, method: str, path: str, query: Mapping[str, Any], sent: dict[str, Any] | None
    ) -> httpx.Response:
        token = await self._token()
        try:
            return await self._call(method, path, {**query, "access_token": token}, sent)
        except WechatError as error:
            if error.errcode not in STALE_TOKEN:
                raise
        token = await self._token(stale=token)
        return await self._call(method, path, {**query, "access_token": token}, sent)

    async def _token(self, *, stale: str = "") -> str:
        try:
            return await tokens.current(self, stale=stale)
        except WechatNoAnswer as error:
            # No answer about the token leaves no doubt about the call: it has not left.
            raise WechatUnreachable(base_url=self.credentials.base_url) from error

    async def _call(
        self, method: str, path: str, query: Mapping[str, Any], sent: dict[str, Any] | None
    ) -> httpx.Response:
        started = time.perf_counter()
        errcode: int | str = "unreachable"
        try:
            response = await self._send(method, path, query, sent)
            errcode = "no_answer"
            errcode, errmsg = _judged(response)
        except WechatNoAnswer:
            errcode = "no_answer"
            raise
        finally:
            self._note(method, path, query, errcode, started)
        if errcode:
            raise WechatError(int(errcode), errmsg)
        return response

    async def _send(
        self, method: str, path: str, query: Mapping[str, Any], sent: dict[str, Any] | None
    ) -> httpx.Response:
        url = f"{self.credentials.base_url.rstrip('/')}/{path}"
        try:
            return await self._http.request(method, url, params=dict(query), timeout=PATIENCE, **(sent or {}))
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol) as error:
            raise WechatUnreachable(base_url=self.credentials.base_url) from error
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise WechatNoAnswer(reason=type(error).__name__) from error

    def _note(self, method: str, path: str, query: Mapping[str, Any], errcode: int | str, started: float) -> None:
        PLATFORM_CALLS.labels(platform="wechat", call=path, errcode=str(errcode)).inc()
        log.debug(
            "platform call",
            platform="wechat",
            tenant=self.credentials.tenant_id,
            account=self.credentials.account_id,
            call=f"{method} {path}",
            query=blotted(query),
            errcode=errcode,
            milliseconds=round((time.perf_counter() - started) * 1000, 1),
        )


class PatientLine(Line):
    """A line for long work that only reads: busy is tried three times more, a minute's quota is waited for."""

    async def _authorised(
        self, method: str, path: str, query: Mapping[str, Any], sent: dict[str, Any] | None
    ) -> httpx.Response:
        busy = 0
        while True:
            try:
                return await super()._authorised(method, path, query, sent)
            except WechatError as error:
                if error.errcode not in RATE_LIMITS | {BUSY} or busy == BUSY_RETRIES:
                    raise
                await asyncio.sleep(PENALTY_SECONDS if error.errcode in RATE_LIMITS else 0.5 * 2**busy)
            except (WechatNoAnswer, WechatUnreachable):
                if busy == BUSY_RETRIES:
                    raise
                await asyncio.sleep(0.5 * 2**busy)
            busy += 1


def blotted(document: Mapping[str, Any]) -> dict[str, Any]:
    """Return a copy for the log in which secrets are blotted out."""
    return {name: "•••" if name in SECRET_NAMES else value for name, value in document.items()}


def document_of(response: httpx.Response) -> dict[str, Any]:
    """Return the JSON object of an answer. Raises WechatNoAnswer."""
    try:
        document = response.json()
    except ValueError as error:
        raise WechatNoAnswer(reason="an answer without JSON") from error
    if not isinstance(document, dict):
        raise WechatNoAnswer(reason="JSON that is no object")
    return document


def _raw(body: Mapping[str, Any]) -> dict[str, Any]:
    # The platform shows \uXXXX escapes as they stand (fact sheet C): characters must go out as they are.
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    return {"content": text.encode(), "headers": {"content-type": "application/json; charset=utf-8"}}


def _judged(response: httpx.Response) -> tuple[int, str]:
    # The platform says its noes with 200 and an errcode; many of its yeses have none, and some are files.
    if response.status_code != HTTP_OK:
        raise WechatNoAnswer(reason=f"HTTP {response.status_code}")
    if response.content[:1] != b"{":
        return 0, ""
    document = document_of(response)
    return int(document.get("errcode") or 0), str(document.get("errmsg", ""))
