from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, Field, StringConstraints

from cove.engine.channels.ads.contracts.leads import Event, Platform, Target
from cove.kernel.http.shapes import NamedId

Text = Annotated[str, StringConstraints(strip_whitespace=True, max_length=300)]
Secret = Annotated[str, StringConstraints(strip_whitespace=True, max_length=1000)]
Path = Annotated[str, StringConstraints(strip_whitespace=True, max_length=120)]
Code = Annotated[str, StringConstraints(strip_whitespace=True, max_length=60)]


class AdFiguresAnswer(BaseModel):
    """The last thirty days."""

    leads: int
    contacts: int
    last_at: datetime | None


class AdAccountAnswer(BaseModel):
    """An account; secrets are never given back. `problem` says in words what the platform refuses."""

    id: int
    platform: Platform
    platform_name: str
    name: str
    outer_id: str
    base_url: str
    token_set: bool
    secret_set: bool
    push_url: str
    off: bool
    mapping: dict[Target, str]
    codes: dict[Event, str]
    pulled_at: datetime | None
    told_at: datetime | None
    problem: str
    figures: AdFiguresAnswer


class AdChoiceAnswer(BaseModel):
    key: str
    label: str


class AdAccountsAnswer(BaseModel):
    """The accounts, and what may be chosen: contacts' fields, events that can be reported, platforms with their usual address."""

    items: list[AdAccountAnswer]
    targets: list[AdChoiceAnswer]
    events: list[AdChoiceAnswer]
    platforms: list[AdChoiceAnswer]


class AdAccess(BaseModel):
    """How an account is reached. A secret left out keeps its value; an empty address means the platform's own."""

    name: Text
    outer_id: Text
    base_url: Text = ""
    token: Secret | None = None
    secret: Secret | None = None


class NewAdAccount(AdAccess):
    platform: Platform


class AdAccountSwitch(BaseModel):
    off: bool


class AdMappingChange(BaseModel):
    """Which field of a lead becomes which of the contact's, and what the platform calls each event; empty ones are left out."""

    mapping: dict[Target, Path] = Field(max_length=10)
    codes: dict[Event, Code] = Field(max_length=10)


class AdMappingTry(BaseModel):
    mapping: dict[Target, Path] = Field(max_length=10)


class AdFieldAnswer(BaseModel):
    """A field of the last leads with an example, its value masked where it looks like somebody's number or address."""

    path: str
    example: str


class AdPreviewAnswer(BaseModel):
    """The fields that the last leads had, and what a mapping makes of the last one; `number` is empty before the first lead."""

    number: str
    at: datetime | None
    fields: list[AdFieldAnswer]
    contact: dict[Target, str]


class AdLeadAnswer(BaseModel):
    """A lead. `reported` are the events of which the platform was told; `usable`: a contact could be made of it."""

    id: int
    account: NamedId
    platform: Platform
    number: str
    campaign: str
    at: datetime
    contact: NamedId | None
    usable: bool
    reported: list[Event]


class AdReport(BaseModel):
    event: Event


class AdReportAnswer(BaseModel):
    """`ordered`: the platform is told within seconds; otherwise it was told before, or wants no such news."""

    ordered: bool
