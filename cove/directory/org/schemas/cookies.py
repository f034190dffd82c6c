"""The two cookies of a signed-in browser: its session, and the device that it is."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import rotate_token

from cove.directory.org.commands.sessions import DEVICE_COOKIE, DEVICE_DAYS, SESSION_COOKIE, Door, Opened
from cove.kernel import clock
from cove.kernel.http.doors import address

_A_DAY = 86_400


def cookie_name(name: str, *, secure: bool) -> str:
    """Return a cookie's name; over https with the prefix that keeps neighbouring hosts from setting it (RFC 6265bis)."""
    return f"__Host-{name}" if secure else name


def session_token(request: HttpRequest) -> str:
    """Return the session's token that the browser brought, or an empty text."""
    return request.COOKIES.get(cookie_name(SESSION_COOKIE, secure=request.is_secure()), "")


def door_of(request: HttpRequest) -> Door:
    """Return what is known of the browser that knocks."""
    device = request.COOKIES.get(cookie_name(DEVICE_COOKIE, secure=request.is_secure()), "")
    return Door(address(request), request.headers.get("User-Agent", ""), device[:128])


def keep_opened(request: HttpRequest, response: HttpResponse, opened: Opened) -> None:
    """Give a new session to the browser; a CSRF token from before it does not count any more."""
    rotate_token(request)
    left = opened.session.expires_at - clock.now()
    _set(request, response, SESSION_COOKIE, opened.token, int(left.total_seconds()))
    _set(request, response, DEVICE_COOKIE, opened.device, DEVICE_DAYS * _A_DAY)


def drop_session(request: HttpRequest, response: HttpResponse) -> None:
    """Take the session's cookie from the browser; the device's stays."""
    response.delete_cookie(cookie_name(SESSION_COOKIE, secure=request.is_secure()), samesite="Lax")
    if request.is_secure():
        response.cookies[cookie_name(SESSION_COOKIE, secure=request.is_secure())]["secure"] = True


def _set(request: HttpRequest, response: HttpResponse, name: str, value: str, seconds: int) -> None:
    response.set_cookie(
        cookie_name(name, secure=request.is_secure()),
        value,
        max_age=seconds,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure(),
    )
