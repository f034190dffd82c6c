"""What every request gets: a number for the log, the reader's language, and headers that browsers heed."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable

import structlog
from django.http import HttpRequest, HttpResponse

from cove.kernel.metrics import REQUEST_SECONDS
from cove.kernel.scope import tenant_scope
from cove.kernel.words import language_of, speaking

_POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob: http: https:; "
    "connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'; object-src 'none'"
)


def request_frame(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Bind a request id and language around every Django request, and add security headers to its answer."""

    def handle(request: HttpRequest) -> HttpResponse:
        request.request_id = uuid.uuid4().hex[:16]  # type: ignore[attr-defined]  # Django's requests are open objects
        started = time.perf_counter()
        structlog.contextvars.bind_contextvars(request=request.request_id)  # type: ignore[attr-defined]
        try:
            with tenant_scope(None), speaking(language_of(request.headers.get("Accept-Language"))):
                response = get_response(request)
        finally:
            structlog.contextvars.unbind_contextvars("request")
        REQUEST_SECONDS.labels(door="django", status=str(response.status_code)).observe(time.perf_counter() - started)
        response.headers["X-Request-Id"] = request.request_id  # type: ignore[attr-defined]
        response.headers.setdefault("Content-Security-Policy", _POLICY)
        response.headers.setdefault("Referrer-Policy", "strict-origin-when-cross-origin")
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        return response

    return handle
