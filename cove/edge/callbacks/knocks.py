"""What the platforms' doors share: secrets opened once, and refusals that are told once in a while."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

import structlog

from cove.edge import spool
from cove.edge.mirror import Signpost
from cove.edge.spool import Entry
from cove.kernel import clock
from cove.kernel.log.fact import Fact

TELL_SECONDS = 600
MOST_TOLD = 10_000

Address = TypeVar("Address")

log = structlog.get_logger(__name__)

_told: set[str] = set()


class Addresses(Generic[Address]):
    """The addresses of one platform; the secrets of a signpost are opened once for each version of it."""

    def __init__(self, open_signpost: Callable[[Signpost], Address]) -> None:
        self._open = open_signpost
        self._opened: dict[str, tuple[Signpost, Address]] = {}

    def of(self, post: Signpost) -> Address:
        """Return what a signpost stands for."""
        known = self._opened.get(post.key)
        if known is None or known[0] is not post:
            known = self._opened[post.key] = (post, self._open(post))
        return known[1]


async def tell_refusal(post: Signpost, name: str, fact: Fact) -> None:
    """Tell of what an administrator can set right, once in ten minutes for each `name`: a stranger may knock as often as he likes."""
    key = f"{name}:{int(clock.now().timestamp() // TELL_SECONDS)}"
    if key in _told:
        return
    if len(_told) >= MOST_TOLD:
        _told.clear()
    _told.add(key)
    try:
        await spool.append(Entry.of(post.tenant_id, fact, dedupe_key=key))
    except spool.SpoolUnavailableError:
        log.warning("a refused callback could not be told", channel=post.key[:8])
