"""A line to a provider: one signed call at a time, every call counted and logged without numbers and texts."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import httpx
import structlog

from cove.engine.channels.sms.contracts.accounts import Credentials
from cove.engine.channels.sms.errors import NoAnswer, Unreachable
from cove.kernel.metrics import PLATFORM_CALLS

PATIENCE = httpx.Timeout(10.0, connect=3.0)
SERVER_ERRORS = 500

log = structlog.get_logger(__name__)


class Line:
    """Calls of one account over a shared HTTP client. All calls raise ProviderError, Unreachable or NoAnswer."""

    def __init__(self, credentials: Credentials, http: httpx.AsyncClient) -> None:
        self.credentials = credentials
        self._http = http

    @property
    def host(self) -> str:
        """The name that is signed: of the address, with its port where it has one."""
        return urlsplit(self.credentials.base_url).netloc

    async def post(
        self, action: str, *, query: str = "", headers: Mapping[str, str], body: bytes = b""
    ) -> dict[str, Any]:
        """POST one signed call; return the document, whatever it says."""
        started, outcome = time.perf_counter(), "unreachable"
        url = f"{self.credentials.base_url.rstrip('/')}/" + (f"?{query}" if query else "")
        try:
            response = await self._http.post(url, content=body, headers=dict(headers), timeout=PATIENCE)
            outcome = "no_answer"
            document = _document(response)
            outcome = str(response.status_code)
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol) as error:
            raise Unreachable(base_url=self.credentials.base_url) from error
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            outcome = "no_answer"
            raise NoAnswer(reason=type(error).__name__) from error
        finally:
            self._note(action, outcome, started)
        return document

    def _note(self, action: str, outcome: str, started: float) -> None:
        PLATFORM_CALLS.labels(platform=self.credentials.provider, call=action, errcode=outcome).inc()
        log.debug(
            "platform call",
            platform=self.credentials.provider,
            tenant=self.credentials.tenant_id,
            call=action,
            outcome=outcome,
            milliseconds=round((time.perf_counter() - started) * 1000, 1),
        )


def _document(response: httpx.Response) -> dict[str, Any]:
    # A refusal comes as JSON with 4xx; 5xx without JSON comes from somebody in between.
    try:
        document = response.json()
    except ValueError as error:
        raise NoAnswer(reason=f"HTTP {response.status_code} without JSON") from error
    if not isinstance(document, dict):
        raise NoAnswer(reason="JSON that is no object")
    return document
