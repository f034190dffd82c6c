"""What the collector looks at in a request's headers, read in one go."""

from __future__ import annotations

from dataclasses import dataclass

from cove.edge.http import Scope, address

LONGEST_AGENT = 300
LONGEST = 500


@dataclass(slots=True)
class Request:
    """A request's headers. `names` are all that came, in lower case."""

    address: str
    names: frozenset[str]
    origin: str = ""
    user_agent: str = ""
    language: str = ""
    bearer: str = ""
    announced: bytes = b""
    encoding: bytes = b""


def request_of(scope: Scope) -> Request:
    """Return what a request says of itself."""
    found: dict[bytes, bytes] = dict(scope["headers"])
    request = Request(address(scope), frozenset([name.decode("latin-1") for name in found]))
    request.user_agent = found.get(b"user-agent", b"")[:LONGEST_AGENT].decode("latin-1")
    request.origin = found.get(b"origin", b"")[:LONGEST].decode("latin-1")
    request.language = found.get(b"accept-language", b"")[:LONGEST].decode("latin-1")
    request.announced = found.get(b"content-length", b"")
    request.encoding = found.get(b"content-encoding", b"").strip().lower()
    scheme, _, key = found.get(b"authorization", b"")[:LONGEST].decode("latin-1").partition(" ")
    request.bearer = key.strip() if scheme.lower() == "bearer" else ""
    return request
