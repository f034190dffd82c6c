"""The SDKs that the collector serves, as the web build made them: ``cove.js`` for pages, ``cove.miniprogram.js`` to take along."""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from cove.edge.http import Headers, Scope, Send, answer, header

BUILT = Path(__file__).parent / "built"
NAMES = frozenset({"cove.js", "cove.miniprogram.js"})


@dataclass(frozen=True, slots=True)
class _Script:
    plain: bytes
    packed: bytes
    tag: str


@cache
def _script(path: Path) -> _Script:
    plain = path.read_bytes()
    return _Script(plain, gzip.compress(plain, mtime=0), hashlib.sha256(plain).hexdigest()[:16])


async def serve_script(scope: Scope, send: Send, name: str) -> None:
    """Answer GET and HEAD with one of NAMES; 404 where nothing was built."""
    try:
        script = _script(BUILT / name)
    except FileNotFoundError:
        await answer(send, 404, [(b"content-length", b"0")])
        return
    is_packed = "gzip" in header(scope, b"accept-encoding")
    # Each form has its own tag: whoever keeps the packed one must not be told that the plain one is the same.
    tag = f'"{script.tag}{"-gzip" if is_packed else ""}"'
    headers: Headers = [
        (b"etag", tag.encode()),
        (b"cache-control", b"public, max-age=3600"),
        (b"vary", b"accept-encoding"),
        (b"access-control-allow-origin", b"*"),
        (b"cross-origin-resource-policy", b"cross-origin"),
    ]
    if header(scope, b"if-none-match") == tag:
        await answer(send, 304, headers)
        return
    body = script.packed if is_packed else script.plain
    headers += [
        (b"content-type", b"text/javascript; charset=utf-8"),
        (b"content-length", str(len(body)).encode()),
        (b"x-content-type-options", b"nosniff"),
    ]
    if is_packed:
        headers.append((b"content-encoding", b"gzip"))
    await answer(send, 200, headers, b"" if scope["method"] == "HEAD" else body)
