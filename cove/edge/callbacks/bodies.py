"""Reading what is sent to a callback address, no further than is allowed."""

from __future__ import annotations

from starlette.requests import Request


class TooLargeError(ValueError):
    """More was sent, or announced, than is taken."""


async def body_within(request: Request, most: int) -> bytes:
    """Return the body of a request of at most `most` bytes. Raises TooLargeError."""
    announced = request.headers.get("content-length", "0")
    if announced.isdecimal() and int(announced) > most:
        raise TooLargeError
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > most:
            raise TooLargeError
    return bytes(body)
