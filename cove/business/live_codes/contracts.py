"""What the edge and other modules may know of live codes. Nothing here touches a database."""

from __future__ import annotations

import hashlib
import hmac
import os
import struct
import time
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from cove.kernel import base64url
from cove.kernel.ids import new_slug

SIGNPOST = "live_code"
"""Kind of the signpost under which the edge finds a code by its slug."""

VISIT_SECONDS = 24 * 3600
"""How long the address of a landing page stays good; after that it leads to the code again, as a new visit."""

_VISIT = struct.Struct(">QIQQQI")
_MAC_BYTES = 16
_STATE_LENGTH = 20


class CodeCard(NamedTuple):
    """What others may know of a code."""

    id: int
    name: str
    member_names: list[str]


class Visit(NamedTuple):
    """One opening of a code's link. It travels, signed, in the landing page's address, so the page needs no record of it."""

    id: int
    tenant_id: int
    code_id: int
    member_id: int
    visitor_id: int
    at: int

    @property
    def name(self) -> str:
        """Return the visit's id as facts carry it: 16 hexadecimal digits."""
        return f"{self.id:016x}"

    def sign(self, secret: str) -> str:
        """Return the token for the landing page's address, 75 characters of base64url; `secret` is the installation's."""
        data = _VISIT.pack(self.id, self.tenant_id, self.code_id, self.member_id, self.visitor_id, self.at)
        return base64url.encode(data + _mac(data, secret))

    @classmethod
    def read(cls, token: str, secret: str) -> Visit | None:
        """Return the visit of a token of ours that is not too old, else None."""
        raw = base64url.decode(token) or b""
        data, mac = raw[:-_MAC_BYTES], raw[-_MAC_BYTES:]
        if len(data) != _VISIT.size or not hmac.compare_digest(mac, _mac(data, secret)):
            return None
        found = cls(*_VISIT.unpack(data))
        return found if found.at + VISIT_SECONDS > time.time() else None


def new_visit_id() -> int:
    """Return a random number of 64 bits."""
    return int.from_bytes(os.urandom(8), "big")


def new_state() -> str:
    """Return a new state for a contact way, 21 characters; WeCom takes 30 (document 92228)."""
    return "c" + new_slug(_STATE_LENGTH)


def way_remark(code_name: str) -> str:
    """Return what WeCom's own console shows beside a contact way, at most 30 characters (document 92228)."""
    return f"Cove {code_name}"[:30]


@lru_cache(maxsize=2)
def _key(secret: str) -> bytes:
    return hashlib.blake2b(secret.encode(), digest_size=32, person=b"cove.code.visit").digest()


def _mac(data: bytes, secret: str) -> bytes:
    return hashlib.blake2b(data, digest_size=_MAC_BYTES, key=_key(secret)).digest()


@dataclass(frozen=True, slots=True)
class PostedMember:
    """A member behind a code as the signpost tells him; `qr_url` is empty until WeCom has made his contact way."""

    id: int
    name: str
    weight: int
    qr_url: str = ""


@dataclass(frozen=True, slots=True)
class PostedCode:
    """A code as the edge knows it, without a database."""

    code_id: int
    name: str
    company: str
    deleted: bool
    members: tuple[PostedMember, ...]
    utm: dict[str, str]

    def document(self) -> dict[str, Any]:
        """Return the signpost's document."""
        return {
            "code_id": self.code_id,
            "name": self.name,
            "company": self.company,
            "deleted": self.deleted,
            "members": [[one.id, one.name, one.weight, one.qr_url] for one in self.members],
            "utm": self.utm,
        }

    @classmethod
    def read(cls, document: dict[str, Any]) -> PostedCode:
        """Return the code behind a signpost's document."""
        members = tuple(PostedMember(*row) for row in document["members"])
        return cls(**{**document, "members": members})
