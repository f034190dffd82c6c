from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from cove.engine.channels.email.contracts.templates import Pieces

LINK_SIGNPOST = "email_link"
"""Kind of the signpost under which the edge finds where a mail's link leads, by the link's number."""

COMPANY_SIGNPOST = "email_company"
"""Kind of the signpost under which the edge finds a company's name for its pages, by the tenant's number."""

OPENED_PATH, LINK_PATH, LEAVE_PATH = "/m/o/", "/m/l/", "/m/u/"
BACK_BEFORE, LEAVE_BEFORE = "b+", "u+"
"""Before the token in the addresses to which a mail is sent back, and to which somebody writes to unsubscribe."""

Security = Literal["none", "starttls", "tls"]
Purpose = Literal["marketing", "service"]


@dataclass(frozen=True, slots=True)
class Relay:
    """The server to which a domain's mail is handed. Two domains with the same relay share its lines."""

    host: str
    port: int
    security: Security
    user: str
    password: str


@dataclass(frozen=True, slots=True)
class SenderCard:
    """In whose name a mail goes out, by which relay, and what it is signed with."""

    id: int
    domain_id: int
    domain: str
    name: str
    address: str
    reply_to: str
    back_host: str
    selector: str
    key: str
    relay: Relay


@dataclass(frozen=True, slots=True)
class ContentCard:
    """What a mail says, read once and kept: it never changes under its number."""

    id: int
    purpose: Purpose
    subject: Pieces
    html: Pieces
    text: Pieces


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One mail made ready to be written. `held` is why it may not go out (a code of `cove.facts.delivery.REASONS`), empty if it may;
    `wait` is how many seconds it must wait for its domain's rate.
    """

    id: int
    tenant_id: int
    address: str = ""
    name: str = ""
    values: dict[str, str] = field(default_factory=dict)
    sender: SenderCard | None = None
    content: ContentCard | None = None
    tracked: bool = True
    held: str = ""
    wait: float = 0.0


@dataclass(frozen=True, slots=True)
class Finding:
    """What a look at a domain's DNS found of one record: `found` is what stands there, `problem` a key of `PROBLEMS`, empty if all is well."""

    key: Literal["spf", "dkim", "dmarc", "mx"]
    name: str
    wanted: str
    found: list[str]
    problem: str = ""
