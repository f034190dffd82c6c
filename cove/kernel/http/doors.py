"""What handlers ask of a request."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest

from cove.kernel.actor import Actor


def actor(request: HttpRequest) -> Actor:
    """Return the actor that the door's authentication put on the request."""
    return cast("Actor", request.auth)  # type: ignore[attr-defined]  # Ninja puts it there


def address(request: HttpRequest) -> str:
    """Return the address the request came from, as the server saw it."""
    return str(request.META.get("REMOTE_ADDR", ""))
