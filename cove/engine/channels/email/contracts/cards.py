from __future__ import annotations

from collections.abc import Sequence
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


def nobody_at(back_host: str) -> str:
    """Return an address as mails are sent from, of no mail: relays that take only their own user refuse it like any other."""
    return f"{BACK_BEFORE}doctor@{back_host}"


Security = Literal["none", "starttls", "tls"]
Purpose = Literal["marketing", "service"]


@dataclass(frozen=True, slots=True)
class Relay:
    """The server to which a domain's mail is handed. Two domains with the same relay share its lines."""

    host: str
    port: int
    security: Security
    user: str
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class SenderCard:
    """In whose name a mail goes out, by which relay, how many a minute at most (0: no limit), and what it is signed with."""

    id: int
    domain_id: int
    domain: str
    name: str
    address: str
    reply_to: str
    back_host: str
    selector: str
    key: str = field(repr=False)
    relay: Relay
    per_minute: int = 0


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
    """One mail made ready to be written.

    `held` is why it may not go out (a code of `cove.facts.delivery.REASONS`), empty if it may; `wait` is how many seconds it must wait for
    its domain's rate.
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
class DomainWays:
    """How a domain's mail goes out and comes back. `password` None keeps the one there is; `per_minute` 0 means no limit."""

    host: str
    port: int
    security: Security
    user: str = ""
    password: str | None = field(default=None, repr=False)
    back_host: str = ""
    spf_wanted: str = ""
    per_minute: int = 0
    off: bool = False


@dataclass(frozen=True, slots=True)
class DomainCard:
    """A domain as the DNS should know it: `back_to` is the host that takes its returned mail.

    `next_…` are of the key that waits for its record, empty if none does.
    """

    id: int
    name: str
    selector: str
    public_key: str
    back_host: str
    back_to: str
    relay_host: str
    spf_wanted: str
    next_selector: str = ""
    next_public_key: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """What a look at a domain's DNS found of one record.

    `found` is what stands there, `problem` a key of `contracts.problems`, empty if all is well.
    """

    key: Literal["spf", "dkim", "dkim_next", "dmarc", "mx"]
    name: str
    wanted: str
    found: list[str]
    problem: str = ""


def new_key_stands(findings: Sequence[Finding]) -> bool:
    """Tell whether the record of a key that waits for it was found."""
    return any(one.key == "dkim_next" and not one.problem for one in findings)


@dataclass(frozen=True, slots=True)
class SenderChoice:
    """A sender to choose from."""

    id: int
    name: str
    address: str


@dataclass(frozen=True, slots=True)
class TemplateChoice:
    """A template to choose from."""

    id: int
    name: str
    subject: str
    purpose: Purpose
