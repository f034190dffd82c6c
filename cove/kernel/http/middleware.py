"""What every request gets: a number for the log, the reader's language, and headers that browsers heed."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable

import structlog
from django.http import HttpRequest, HttpResponse, JsonResponse

from cove.kernel.audit.noting import note_reading
from cove.kernel.errors import CoveError
from cove.kernel.http.answers import answer_for
from cove.kernel.http.doors import address
from cove.kernel.http.masking import reading
from cove.kernel.metrics import REQUEST_SECONDS
from cove.kernel.origin import Origin, coming_from
from cove.kernel.scope import tenant_scope
from cove.kernel.words import language_of, speaking

_POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob: http: https:; "
    "connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'; object-src 'none'"
)
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
_A_YEAR = 31_536_000


class RequestFrame:
    """Bind a request id, language, origin and reader around every Django request, and add security headers to its answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer one request."""
        request.request_id = uuid.uuid4().hex[:16]  # type: ignore[attr-defined]  # Django's requests are open objects
        started = time.perf_counter()
        structlog.contextvars.bind_contextvars(request=request.request_id)  # type: ignore[attr-defined]
        try:
            language = language_of(request.headers.get("Accept-Language"))
            with tenant_scope(None), speaking(language), coming_from(_origin(request)), reading() as read:
                response = self._get_response(request)
                if read.actor is not None and read.shown:
                    note_reading(read.actor, read.shown)
        finally:
            structlog.contextvars.unbind_contextvars("request")
        REQUEST_SECONDS.labels(door="django", status=str(response.status_code)).observe(time.perf_counter() - started)
        response.headers["X-Request-Id"] = request.request_id  # type: ignore[attr-defined]
        for name, value in _HEADERS.items():
            response.headers.setdefault(name, value)
        if request.path.startswith("/api/"):
            # Answers are about people; no cache on the way or in the browser may keep them.
            response.headers.setdefault("Cache-Control", "no-store")
        if request.is_secure():
            response.headers.setdefault("Strict-Transport-Security", f"max-age={_A_YEAR}; includeSubDomains")
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer a refusal that was raised outside of the API's own handling, such as by a gate."""
        if not isinstance(exception, CoveError):
            return None
        return JsonResponse(answer_for(request, exception).model_dump(), status=exception.status)


def _origin(request: HttpRequest) -> Origin:
    return Origin(
        door="console" if request.path.startswith("/api/") else "public",
        address=address(request),
        agent=request.headers.get("User-Agent", "")[:300],
        request_id=request.request_id,  # type: ignore[attr-defined]  # set above
        path=request.path[:300],
    )
