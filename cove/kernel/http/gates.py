"""What each route asks of whoever calls it. No route without one of these: a test refuses it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja.throttling import BaseThrottle

from cove.kernel.audit.noting import note_refusal
from cove.kernel.errors import Forbidden, NotForKeys, StalePage
from cove.kernel.http.doors import actor
from cove.kernel.http.sharing import share_models
from cove.kernel.operations import Operation

# Here, because each module that declares a route asks for a gate first.
share_models()


def needs(operation: Operation) -> dict[str, Any]:
    """Return what makes a route ask for a right: ``@console.get("/members", …, **needs(SEE_MEMBERS))``.

    It is checked after sign-in and before the input is read; the document says so as ``x-needs``.
    """
    return {"throttle": [_Gate(operation)], "openapi_extra": {"x-needs": operation.key}}


def signed_in(*, keys: bool = False) -> dict[str, Any]:
    """Return what makes a route ask for a signed-in member and no right: for what is one's own.

    API keys are refused, unless `keys` says that the route tells nothing of an account.
    """
    if keys:
        return {"openapi_extra": {"x-needs": "signed_in", "x-keys": True}}
    return {"throttle": [_People()], "openapi_extra": {"x-needs": "signed_in"}}


def anybody() -> dict[str, Any]:
    """Return what opens a route to people who are not signed in; other sites may not send their visitors' browsers through it."""
    return {"auth": None, "throttle": [_OwnSite()], "openapi_extra": {"x-needs": "anybody"}}


class _People(BaseThrottle):
    """Somebody at a browser, not a program."""

    def allow_request(self, request: HttpRequest) -> bool:
        """Raise NotForKeys for an API key."""
        if actor(request).kind == "key":
            raise NotForKeys
        return True

    def wait(self) -> float | None:
        """Nobody waits here."""
        return None


class _Gate(BaseThrottle):
    """Ninja asks throttles between sign-in and the reading of the input, the one moment that fits."""

    def __init__(self, operation: Operation) -> None:
        self._operation = operation

    def allow_request(self, request: HttpRequest) -> bool:
        """Raise Forbidden without the right; that somebody tried to change something is noted."""
        try:
            actor(request).require(self._operation)
        except Forbidden:
            if request.method not in ("GET", "HEAD"):
                note_refusal(actor(request), operation=self._operation.key)
            raise
        return True

    def wait(self) -> float | None:
        """Nobody waits here."""
        return None


class _OwnSite(BaseThrottle):
    """No session, no CSRF token: but each browser of today says whether another site sent the request (Fetch Metadata)."""

    def allow_request(self, request: HttpRequest) -> bool:
        """Raise StalePage for a change that another site sends."""
        if request.method not in ("GET", "HEAD") and request.headers.get("Sec-Fetch-Site", "") in (
            "cross-site",
            "same-site",
        ):
            raise StalePage
        return True

    def wait(self) -> float | None:
        """Nobody waits here."""
        return None
