"""What the edge knows of a source, without a database, and what it tells of the events of one that is watched."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

from cove.kernel.words import Words

SIGNPOST = "write_key"
"""Kind of the signpost under which the edge finds a source by its write key."""

SERVER_KEY = "server_key"
"""Kind of the signpost under which it finds a source by the `server_key_name` of its server key."""

SourceKind = Literal["web", "miniprogram", "server"]

WATCHED = "watched_source"
"""Kind of the signpost that stands, by the source's id, while somebody looks at its events as they come."""


FINE = "fine_traffic"
"""Kind of the signpost that names, by the tenant's id, the traffic that members marked as normal."""


@dataclass(frozen=True, slots=True)
class FineTraffic:
    """Addresses and visitors that members marked as normal: nothing of theirs is suspicious."""

    addresses: frozenset[str] = frozenset()
    visitors: frozenset[int] = frozenset()

    def document(self) -> dict[str, Any]:
        """Return the signpost's document."""
        return {"addresses": sorted(self.addresses), "visitors": sorted(self.visitors)}

    @classmethod
    def read(cls, document: dict[str, Any]) -> FineTraffic:
        """Return what a signpost's document says."""
        return cls(frozenset(document["addresses"]), frozenset(document["visitors"]))


@dataclass(frozen=True, slots=True)
class PostedSource:
    """A source as its signposts tell it. No allowed origin at all means that any page may send.

    `signing_secret` is sealed (`kernel.secrets`); with it the company's server signs what its pages say about users.
    """

    source_id: int
    allowed_origins: frozenset[str]
    kind: str = "web"
    signing_secret: str = ""

    def allows(self, origin: str) -> bool:
        """Tell whether a page of `origin` may send; requests without an origin come from no browser and may."""
        return not origin or not self.allowed_origins or origin.lower() in self.allowed_origins

    def document(self) -> dict[str, Any]:
        """Return the signpost's document."""
        return {
            "source_id": self.source_id,
            "allowed_origins": sorted(self.allowed_origins),
            "kind": self.kind,
            "signing_secret": self.signing_secret,
        }

    @classmethod
    def read(cls, document: dict[str, Any]) -> PostedSource:
        """Return the source behind a signpost's document, of an earlier version as well."""
        return cls(
            document["source_id"],
            frozenset(document["allowed_origins"]),
            document.get("kind", "web"),
            document.get("signing_secret", ""),
        )


def server_key_name(key: str) -> str:
    """Return the name under which a server key's signpost stands: the key itself is kept nowhere."""
    return hashlib.sha256(key.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Seen:
    """What became of one event at the collector's door.

    `type` is track, page, identify, group or alias (or batch, when a whole request of a known source was refused), `name` what it is
    called there (the event, the page's title or address, the user, the account), `at` when it came. `code` and `message` are the
    refusal's or the first note's, `fields` the faulty fields, each text finished: it is told by `Words.plain`, whatever braces are in it.
    """

    type: str
    name: str
    message_id: str
    at: datetime
    verdict: Literal["accepted", "noted", "refused"]
    code: str = ""
    message: Words | None = None
    fields: Mapping[str, Words] = field(default_factory=dict)
    properties: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TrafficCount:
    """What there was, and how much of it was suspicious."""

    events: int = 0
    suspicious_events: int = 0
    visitors: int = 0
    suspicious_visitors: int = 0


@dataclass(frozen=True, slots=True)
class TrafficReport:
    """The quality of a period's traffic: all of it, each day's, each source's by id, and each reason's by key, the weightiest first."""

    whole: TrafficCount
    days: Mapping[date, TrafficCount]
    sources: Mapping[int, TrafficCount]
    reasons: Mapping[str, TrafficCount]


@dataclass(frozen=True, slots=True)
class TrafficSample:
    """One visitor at one address who was suspicious in a period: how much he did, and why he is suspicious."""

    visitor_id: int
    address: str
    user_agent: str
    source_id: int
    first_at: datetime
    last_at: datetime
    events: int
    score: int
    reasons: tuple[str, ...]
    pages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UsageCount:
    """Accounts and people that were active, and what they did."""

    accounts: int = 0
    users: int = 0
    events: int = 0


@dataclass(frozen=True, slots=True)
class UsageReport:
    """A period's use of products by accounts: all of it, each day's, what was used most, and how many contacts got to a PQL event."""

    whole: UsageCount
    days: Mapping[date, UsageCount]
    features: Mapping[str, UsageCount]
    pql: int


@dataclass(frozen=True, slots=True)
class AccountFigures:
    """An account's last 28 days: active people, those of the 28 days before, events, and the events of each day, oldest first."""

    users: int = 0
    users_before: int = 0
    events: int = 0
    trend: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class AccountPerson:
    """Somebody who acted for an account: a contact, if he is one that the reader may see.

    `verified`: something he did for it was told by the company's server, or by a user it signed; the rest any page can say.
    """

    contact_id: int | None
    verified: bool
    events: int
    last_at: datetime
