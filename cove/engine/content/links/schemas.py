from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from pydantic import BaseModel, Field, StringConstraints

from cove.engine.content.links.contracts import LONGEST_TARGET
from cove.kernel.http.shapes import NamedId
from cove.kernel.http.times import Moment

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]
Target = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_TARGET)]
UtmText = Annotated[str, StringConstraints(strip_whitespace=True, max_length=100)]


class LinkUtm(BaseModel):
    """Added to the target's address where it does not carry the parameter itself."""

    source: UtmText = ""
    medium: UtmText = ""
    campaign: UtmText = ""
    content: UtmText = ""
    term: UtmText = ""


class NewLink(BaseModel):
    """A link to make. `expires_at`: it leads nowhere from then on."""

    name: Name
    target: Target
    utm: LinkUtm = Field(default_factory=LinkUtm)
    expires_at: Moment | None = None


class LinkChange(BaseModel):
    """What to change; what is left out stays. `expires_at` null means for ever; `off` switches the link off and on."""

    name: Name | None = None
    target: Target | None = None
    utm: LinkUtm | None = None
    expires_at: Moment | None = None
    off: bool | None = None


class LinkFiguresAnswer(BaseModel):
    """Since the link was made: times followed by people, by machines, and how many recipients followed the one sent to them."""

    clicks: int
    suspicious: int
    recipients: int


class LinkAnswer(BaseModel):
    """A link. `location` is where it leads, parameters included; `may` are the rights that the reader has over this very link."""

    id: int
    name: str
    slug: str
    short_url: str
    target: str
    location: str
    utm: LinkUtm
    expires_at: datetime | None
    expired: bool
    off: bool
    created_at: datetime
    created_by: NamedId | None
    deleted_at: datetime | None
    figures: LinkFiguresAnswer
    may: list[str]


class LinkTotalsAnswer(BaseModel):
    clicks: int
    visitors: int
    recipients: int
    suspicious: int


class LinkDayAnswer(BaseModel):
    day: date
    clicks: int
    visitors: int
    suspicious: int


class LinkMetricAnswer(BaseModel):
    key: str
    label: str
    definition: str


class LinkReportAnswer(BaseModel):
    """A link's figures from one day to another, both included, in the tenant's calendar; `previous` is as long and ends the day before."""

    from_: date = Field(alias="from")
    to: date
    totals: LinkTotalsAnswer
    previous: LinkTotalsAnswer
    days: list[LinkDayAnswer]
    metrics: list[LinkMetricAnswer]


class LinkRecipientAnswer(BaseModel):
    """A contact who followed the link that was sent to him; in more than one browser it was perhaps passed on."""

    contact: NamedId
    clicks: int
    browsers: int
    first_at: datetime
    last_at: datetime


class PersonalLinkAnswer(BaseModel):
    """A link as it is sent to one contact."""

    url: str
