"""Who follows a link or scans a code: the browser's own number, kept in a cookie of ours, and where the request came from."""

from __future__ import annotations

from functools import cache
from urllib.parse import parse_qs

from django.conf import settings

from cove.edge.http import Scope, address
from cove.kernel.ids import new_uuid
from cove.kernel.visitors import VISITOR_COOKIE, VISITOR_LINK, VISITOR_SECONDS, is_visitor

COOKIE = f"{VISITOR_COOKIE}=".encode()
_LINK = f"{VISITOR_LINK}=".encode()


def visitor_of(scope: Scope) -> tuple[str, bool]:
    """Return the visitor's anonymous id, and whether his browser already keeps it."""
    kept = kept_id(scope)
    query: bytes = scope["query_string"]
    if _LINK in query:
        # Our tracker on the company's site adds the id it knows him by, so that the two visits are one visitor's.
        linked = parse_qs(query.decode("latin-1")).get(VISITOR_LINK, [""])[0].lower()
        if is_visitor(linked):
            return linked, kept == linked
    return (kept, True) if kept else (new_uuid(), False)


def kept_id(scope: Scope) -> str:
    """Return the anonymous id that the browser keeps, empty if none of ours."""
    kept = ""
    for name, value in scope["headers"]:
        if name == b"cookie" and COOKIE in value:
            kept = value.partition(COOKIE)[2][:36].decode("latin-1")
    return kept if is_visitor(kept) else ""


def keeping(anonymous_id: str) -> tuple[bytes, bytes]:
    """Return the header that has the browser keep an anonymous id."""
    return b"set-cookie", COOKIE + anonymous_id.encode() + _cookie_rules()


def circumstances(scope: Scope) -> dict[str, str]:
    """Return agent, address and referrer of a request, each within its bound."""
    found = {"user_agent": "", "address": address(scope), "referrer": ""}
    for key, value in scope["headers"]:
        if key == b"user-agent":
            found["user_agent"] = value[:300].decode("latin-1")
        elif key == b"referer":
            found["referrer"] = value[:500].decode("latin-1")
    return found


@cache
def _cookie_rules() -> bytes:
    secure = "; Secure" if settings.PUBLIC_URL.startswith("https://") else ""
    return f"; Max-Age={VISITOR_SECONDS}; Path=/; HttpOnly; SameSite=Lax{secure}".encode()
