from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, Field

from cove.engine.channels.email.contracts.cards import Security

Port = Annotated[int, Field(ge=1, le=65535)]


class EmailSenderAnswer(BaseModel):
    id: int
    domain_id: int
    name: str
    local: str
    address: str
    reply_to: str


class EmailRecord(BaseModel):
    """One record of a domain's DNS: what is wanted, what was found, and in words what is wrong (empty: nothing)."""

    key: str
    label: str
    kind: str
    name: str
    wanted: str
    found: list[str]
    ok: bool
    looked: bool
    problem: str


class EmailDomain(BaseModel):
    """A domain in whose name mail goes out; the password is never given back.

    `next_selector` names the DKIM key that waits for its record, empty if none does.
    """

    id: int
    name: str
    host: str
    port: int
    security: str
    user: str
    password_set: bool
    back_host: str
    spf_wanted: str
    per_minute: int
    off: bool
    selector: str
    next_selector: str
    records: list[EmailRecord]
    checked_at: datetime | None
    senders: list[EmailSenderAnswer]


class EmailDomains(BaseModel):
    """`door_open`: this installation listens for returned mail itself."""

    items: list[EmailDomain]
    door_open: bool


class EmailDomainChange(BaseModel):
    """A password left out keeps its value."""

    host: str = Field(min_length=1, max_length=253)
    port: Port = 587
    security: Security = "starttls"
    user: str = Field("", max_length=200)
    password: str | None = Field(None, max_length=200)
    back_host: str = Field("", max_length=253)
    spf_wanted: str = Field("", max_length=300)
    per_minute: int = Field(0, ge=0, le=1_000_000)
    off: bool = False


class NewEmailDomain(EmailDomainChange):
    name: str = Field(min_length=1, max_length=253)


class EmailSenderChange(BaseModel):
    name: str = Field(min_length=1, max_length=100)
    local: str = Field(min_length=1, max_length=64)
    reply_to: str = Field("", max_length=254)


class RelayCheck(BaseModel):
    """Whether the relay greets us and lets us in; `answer` is what it said."""

    ok: bool
    answer: str
