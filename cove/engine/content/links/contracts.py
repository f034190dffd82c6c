"""What the edge and other modules may know of links. Nothing here touches a database."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

from cove.kernel import base64url

SIGNPOST = "link"
"""Kind of the signpost under which the edge finds a link by its slug."""

PATH = "/l/"
UTM_KEYS = ("source", "medium", "campaign", "content", "term")
LONGEST_TARGET = 2_000
_MAC_BYTES = 10
_LONGEST_TOKEN = 24
# Everything that may stand in an address as it is (RFC 3986), and the percent sign of what is quoted already.
_AS_IT_IS = "!#$%&'()*+,/:;=?@[]~"


class LinkCard(NamedTuple):
    """What others may know of a link."""

    id: int
    name: str
    short_url: str


@dataclass(frozen=True, slots=True)
class PostedLink:
    """A link as the edge knows it, without a database. `location` is where it leads, as HTTP takes it; `expires` seconds since 1970."""

    link_id: int
    name: str
    company: str
    location: str
    off: bool
    expires: float | None
    utm: dict[str, str]

    def open_at(self, now: float) -> bool:
        """Tell whether it leads anywhere at this time."""
        return not self.off and (self.expires is None or now < self.expires)

    def document(self) -> dict[str, Any]:
        """Return the signpost's document."""
        return {name: getattr(self, name) for name in self.__slots__}

    @classmethod
    def read(cls, document: dict[str, Any]) -> PostedLink:
        """Return the link behind a signpost's document."""
        return cls(**document)


def is_good_target(text: str) -> bool:
    """Tell whether a link may lead there: a whole http or https address, without a name and password in it."""
    try:
        parts = urlsplit(text)
        named = bool(parts.hostname) and parts.username is None and parts.password is None
        good = parts.scheme in ("http", "https") and named and (parts.port is None or parts.port > 0)
        return good and len(location_of(text, {})) <= 2 * LONGEST_TARGET and not any(one.isspace() for one in text)
    except (ValueError, UnicodeError):
        return False


def location_of(target: str, utm: dict[str, str]) -> str:
    """Return the address with the campaign's parameters that it does not carry itself, in the letters that HTTP takes.

    Raises ValueError or UnicodeError for an address that cannot be written so.
    """
    parts = urlsplit(target)
    had = {key for key, _ in parse_qsl(parts.query, keep_blank_values=True)}
    added = urlencode({f"utm_{key}": utm[key] for key in UTM_KEYS if utm.get(key) and f"utm_{key}" not in had})
    host = (
        (parts.hostname or "").encode("idna").decode() if ":" not in (parts.hostname or "") else f"[{parts.hostname}]"
    )
    address = host if parts.port is None else f"{host}:{parts.port}"
    query = "&".join(part for part in (parts.query, added) if part)
    return quote(urlunsplit((parts.scheme, address, parts.path, query, parts.fragment)), safe=_AS_IT_IS)


def token_for(contact_id: int, *, slug: str, secret: str) -> str:
    """Return the end of a personal link: whom it was sent to, signed for this link; `secret` is the installation's.

    It is no secret that opens anything: whoever holds it can follow the link as if he had been sent it.
    """
    who = contact_id.to_bytes((contact_id.bit_length() + 7) // 8, "big")
    return base64url.encode(who + _mac(who, slug, secret))


def recipient_of(token: str, *, slug: str, secret: str) -> int | None:
    """Return whom a personal link was made for, or None if the token is not one of ours for this link."""
    if not 0 < len(token) <= _LONGEST_TOKEN:
        return None
    raw = base64url.decode(token) or b""
    who, mac = raw[:-_MAC_BYTES], raw[-_MAC_BYTES:]
    if not who or not hmac.compare_digest(mac, _mac(who, slug, secret)):
        return None
    return int.from_bytes(who, "big")


@lru_cache(maxsize=2)
def _key(secret: str) -> bytes:
    return hashlib.blake2b(secret.encode(), digest_size=32, person=b"cove.link.sentto").digest()


def _mac(who: bytes, slug: str, secret: str) -> bytes:
    return hashlib.blake2b(slug.encode() + b"\0" + who, digest_size=_MAC_BYTES, key=_key(secret)).digest()
