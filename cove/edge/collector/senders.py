"""Who sends: the source behind a key, and what is known of the request."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Literal

from cryptography.fernet import InvalidToken

from cove.edge import mirror
from cove.edge.collector.refusals import NotTaken, OriginRefused, ServerKeyInPage, ServerKeyNeeded, UnknownKey
from cove.edge.mirror import Signpost
from cove.engine.tracking.contracts import SERVER_KEY, SIGNPOST, PostedSource, server_key_name
from cove.kernel.secrets import open_secret

SERVER_KEY_PREFIX = "sk_"
RETRY_SECONDS = 5
"""After which a sender may try again what could not be kept."""
MOST_SOURCES = 10_000

Proof = Literal["server", "signature", "none"]


@dataclass(frozen=True, slots=True)
class Source:
    """A source made ready for judging; `server` says that the key was the secret one."""

    post: Signpost
    posted: PostedSource
    tenant_id: int
    source_id: int
    kind: str
    server: bool
    secret: bytes

    def signed(self, text: str, signature: str) -> bool:
        """Tell whether `signature` is the hexadecimal HMAC-SHA256 of `text` with the source's signing secret."""
        if not self.secret or not signature.isascii():
            return False
        return hmac.compare_digest(hmac.digest(self.secret, text.encode(), sha256).hex(), signature.lower())


@dataclass(frozen=True, slots=True)
class Sender:
    """A source, and the request by which it sends."""

    source: Source
    address: str
    user_agent: str
    headers: frozenset[str]
    received: datetime
    now: float


_sources: dict[tuple[str, str], Source] = {}


def source_of(key: str, origin: str) -> Source:
    """Return the source behind a write key or a server key that may send from `origin` (empty: no browser).

    Raises UnknownKey, ServerKeyNeeded, ServerKeyInPage, OriginRefused, and NotTaken while it cannot be known.
    """
    server = key.startswith(SERVER_KEY_PREFIX)
    name = (SERVER_KEY, server_key_name(key)) if server else (SIGNPOST, key)
    post = mirror.signpost(*name)
    if post is None:
        # What was made just before the database went away is not in this mirror yet: sending again is right, giving up would lose it.
        raise NotTaken(seconds=RETRY_SECONDS) if mirror.database_away() else UnknownKey
    source = _sources.get(name)
    if source is None or source.post is not post:
        source = _remember(name, post)
    if server and origin:
        raise ServerKeyInPage
    if source.kind == "server" and not server:
        raise ServerKeyNeeded
    if not source.posted.allows(origin):
        raise OriginRefused(origin=origin)
    return source


def _remember(name: tuple[str, str], post: Signpost) -> Source:
    posted = PostedSource.read(post.document)
    source = Source(post, posted, post.tenant_id, posted.source_id, posted.kind, name[0] == SERVER_KEY, _secret(posted))
    if len(_sources) >= MOST_SOURCES:
        _sources.clear()
    _sources[name] = source
    return source


def _secret(posted: PostedSource) -> bytes:
    try:
        return open_secret(posted.signing_secret).encode() if posted.signing_secret else b""
    except InvalidToken:
        # Sealed with another installation's key: nothing can be proven by it, and nothing is lost either.
        return b""
