"""Which pages may ask who opens them: origins (scheme, host, port) that the company wrote down, as browsers write them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from urllib.parse import urlsplit

MOST_ADDRESS = 2000
_USUAL = {"http": 80, "https": 443}
_FORBIDDEN = frozenset("\\ \t\r\n\x00")


def origin_of(address: str) -> str:
    """Return the origin of an address as browsers write it, empty if it is no plain http(s) address of a page."""
    if not address or len(address) > MOST_ADDRESS or any(ord(one) < 32 or one in _FORBIDDEN for one in address):  # noqa: PLR2004 -- control characters
        return ""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return ""
    # Whoever sees user:password@host thinks of another host than the browser does.
    if parts.scheme not in _USUAL or not parts.hostname or "@" in parts.netloc:
        return ""
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    try:
        host = host if host.isascii() else host.encode("idna").decode()
    except UnicodeError:
        return ""
    return f"{parts.scheme}://{host}" + (f":{port}" if port and port != _USUAL[parts.scheme] else "")


def origins(given: Iterable[str]) -> list[str]:
    """Return the origins of addresses, each once."""
    return list(dict.fromkeys(found for one in given if (found := origin_of(one.strip()))))


def is_listed(address: str, listed: Sequence[str], own: str) -> bool:
    """Tell whether an address is a page of the list, or of Cove itself (`own`)."""
    origin = origin_of(address)
    return bool(origin) and (origin in listed or origin == origin_of(own))
