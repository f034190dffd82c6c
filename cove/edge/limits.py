"""How much and how often anybody may ask of Django's routes: before anything is parsed, in memory, in each web process.

Passwords and codes are throttled more strictly, by account and over all processes, where they are checked.
"""

from __future__ import annotations

import hashlib
import json
import uuid
from http.cookies import CookieError, SimpleCookie

from limits import RateLimitItem, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter

from cove.edge.http import Application, Message, Receive, Scope, Send, address, answer, header
from cove.kernel.errors import BodyTooLarge, CoveError, TooManyRequests
from cove.kernel.words import language_of, speaking

LARGEST_BODY = 2 * 1024 * 1024
"""Bytes of a JSON or form body; Django refuses more, too (``DATA_UPLOAD_MAX_MEMORY_SIZE``)."""

LARGEST_UPLOAD = 25 * 1024 * 1024
"""Bytes of a body with files."""

PER_CREDENTIAL = RateLimitItemPerMinute(1_200)
"""Requests of one session or API key: far more than hands can do, enough for a busy integration."""

PER_ADDRESS = RateLimitItemPerMinute(12_000)
"""Requests from one address: a whole office behind one router."""

_limiter = FixedWindowRateLimiter(MemoryStorage())


def with_limits(
    behind: Application, *, per_credential: RateLimitItem = PER_CREDENTIAL, per_address: RateLimitItem = PER_ADDRESS
) -> Application:
    """Return the application that refuses floods (429) and bodies that are too large (413), and leaves the rest to `behind`."""

    async def limited(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await behind(scope, receive, send)
            return
        if not (_counts(per_address, address(scope)) and _counts(per_credential, _credential(scope))):
            await _refuse(scope, send, TooManyRequests(), [(b"retry-after", b"60")])
            return
        limit = LARGEST_UPLOAD if header(scope, b"content-type").startswith("multipart/form-data") else LARGEST_BODY
        if _announced(scope) > limit:
            await _refuse(scope, send, BodyTooLarge(megabytes=limit // 1024 // 1024), [(b"connection", b"close")])
            return
        await behind(scope, _Measured(receive, limit), send)

    return limited


class _Measured:
    """A body that was not announced, or announced wrongly, ends the connection at the limit, before it fills a disk."""

    def __init__(self, receive: Receive, limit: int) -> None:
        self._receive, self._left = receive, limit

    async def __call__(self) -> Message:
        message = await self._receive()
        self._left -= len(message.get("body", b""))
        return message if self._left >= 0 else {"type": "http.disconnect"}


def _counts(limit: RateLimitItem, whose: str) -> bool:
    return not whose or bool(_limiter.hit(limit, whose))


def _credential(scope: Scope) -> str:
    """Return what stands for the session or key of a request, empty without one. The secret itself is not kept."""
    secret = header(scope, b"authorization")
    if not secret:
        try:
            cookies = SimpleCookie(header(scope, b"cookie", 4_000))
        except CookieError:
            return ""
        secret = next((morsel.value for name, morsel in cookies.items() if name.endswith("cove_session")), "")
    return hashlib.sha256(secret.encode()).hexdigest() if secret else ""


def _announced(scope: Scope) -> int:
    length = header(scope, b"content-length")
    return int(length) if length.isdecimal() else 0


async def _refuse(scope: Scope, send: Send, error: CoveError, headers: list[tuple[bytes, bytes]]) -> None:
    with speaking(language_of(header(scope, b"accept-language"))):
        detail = {"code": error.code, "message": error.message(), "fields": {}}
    body = json.dumps({"error": detail, "request_id": uuid.uuid4().hex[:16]}, ensure_ascii=False).encode()
    plain = [
        (b"content-type", b"application/json; charset=utf-8"),
        (b"content-length", str(len(body)).encode()),
        (b"x-content-type-options", b"nosniff"),
    ]
    await answer(send, error.status, [*plain, *headers], body)
