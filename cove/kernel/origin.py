"""From where something is done: the door, the address, the request. What the audit log tells beside who."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Literal

Door = Literal["console", "api", "public", "callback", "work", "command_line"]


@dataclass(frozen=True, slots=True)
class Origin:
    """The way by which a deed came in; what is not known is empty."""

    door: Door
    address: str = ""
    agent: str = ""
    request_id: str = ""
    path: str = ""
    session_id: int | None = None


_INSIDE = Origin("work")
_origin: ContextVar[Origin] = ContextVar("cove_origin", default=_INSIDE)


def current_origin() -> Origin:
    """Return from where the running code was set going; the work process unless a door said otherwise."""
    return _origin.get()


@contextmanager
def coming_from(origin: Origin) -> Iterator[None]:
    """Let what happens inside the block come from `origin`."""
    token = _origin.set(origin)
    try:
        yield
    finally:
        _origin.reset(token)


def now_coming_from(origin: Origin) -> None:
    """Change the origin until the enclosing `coming_from` ends: for doors that learn more midway through a request."""
    _origin.set(origin)
