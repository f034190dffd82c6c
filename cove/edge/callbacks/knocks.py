"""What the platforms' doors share: secrets opened once, and refusals that are told once in a while."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, NamedTuple, TypeVar

import structlog

from cove.edge import mirror, spool
from cove.edge.mirror import Signpost
from cove.edge.spool import Entry
from cove.kernel import clock
from cove.kernel.log.fact import Fact
from cove.kernel.metrics import CALLBACKS

TELL_SECONDS = 600
MOST_TOLD = 10_000

Address = TypeVar("Address")

log = structlog.get_logger(__name__)

_told: set[str] = set()


class Kept(NamedTuple):
    """A callback that is good as it came: its frame for the spool, and what is to be done when that is durable."""

    platform: str
    frame: bytes
    safe: Callable[[], None]

    def lost(self, error: Exception) -> None:
        """Tell that the disk did not take it."""
        tell_lost(self.platform, error)


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


async def standing(kind: str, key: str) -> Signpost | None:
    """Return the signpost of an address, asking PostgreSQL when it is not known: platforms try an address while it is being saved."""
    return mirror.signpost(kind, key) or await mirror.ask(kind, key)


async def saved_since(post: Signpost) -> Signpost:
    """Return the signpost as it stands now, `post` itself if nobody changed it."""
    return await mirror.ask(post.kind, post.key) or post


def tell_lost(platform: str, error: Exception) -> None:
    """Tell that a callback is not on disk, and so not taken; the platform tries again."""
    CALLBACKS.labels(platform=platform, verdict="not_durable").inc()
    log.error("callback could not be kept; the platform will try again", platform=platform, exc_info=error)


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
