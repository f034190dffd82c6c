"""A line to a platform: one call at a time, every call counted and logged without what it carries."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

import httpx
import structlog

from cove.engine.channels.ads.contracts.leads import Credentials
from cove.engine.channels.ads.errors import NoAnswer, Unreachable
from cove.kernel.metrics import PLATFORM_CALLS

PATIENCE = httpx.Timeout(15.0, connect=3.0)

log = structlog.get_logger(__name__)


class Line:
    """Calls of one account over a shared HTTP client. All calls raise PlatformError, Unreachable or NoAnswer."""

    def __init__(self, credentials: Credentials, http: httpx.AsyncClient) -> None:
        self.credentials = credentials
        self._http = http

    async def call(
        self,
        method: str,
        path: str,
        *,
        query: str = "",
        headers: Mapping[str, str] | None = None,
        body: Mapping[str, Any] | None = None,
        base_url: str = "",
    ) -> dict[str, Any]:
        """Make one call as it is; return the document, whatever it says."""
        started, outcome = time.perf_counter(), "unreachable"
        base = base_url or self.credentials.base_url
        url = f"{base.rstrip('/')}{path}" + (f"?{query}" if query else "")
        try:
            response = await self._http.request(method, url, json=body, headers=headers, timeout=PATIENCE)
            outcome = "no_answer"
            document = _document(response)
            outcome = str(response.status_code)
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol) as error:
            raise Unreachable(base_url=base) from error
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            outcome = "no_answer"
            raise NoAnswer(reason=type(error).__name__) from error
        finally:
            PLATFORM_CALLS.labels(platform=self.credentials.platform, call=path, errcode=outcome).inc()
            log.debug(
                "platform call",
                platform=self.credentials.platform,
                tenant=self.credentials.tenant_id,
                call=f"{method} {path}",
                outcome=outcome,
                milliseconds=round((time.perf_counter() - started) * 1000, 1),
            )
        return document


def _document(response: httpx.Response) -> dict[str, Any]:
    try:
        document = response.json()
    except ValueError as error:
        raise NoAnswer(reason=f"HTTP {response.status_code} without JSON") from error
    if not isinstance(document, dict):
        raise NoAnswer(reason="JSON that is no object")
    return document
