from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel, Field


class CompanyRow(BaseModel):
    """A company as the installation's owner sees it."""

    id: int
    name: str
    slug: str
    timezone: str
    created_at: datetime
    suspended_at: datetime | None
    members: int
    own: bool


class CompanyDetail(CompanyRow):
    """With a count of contacts, no further than its bound."""

    last_active_at: datetime | None
    contacts: int
    contacts_exact: bool
    sign_in_url: str


class CompanyCreate(BaseModel):
    name: str = Field(max_length=60)
    slug: str = Field(max_length=40)
    timezone: str = Field("Asia/Shanghai", max_length=64)
    administrator: str = Field(max_length=60)
    email: str = Field(max_length=254)


class CompanyRename(BaseModel):
    name: str = Field(max_length=60)
    slug: str = Field(max_length=40)


class CompanyMade(BaseModel):
    """A new company with its administrator's password, which is shown this once."""

    company: CompanyRow
    email: str
    password: str


class CompanyCredits(BaseModel):
    """What a company may still send of a tariff; `opened` false: as much as it likes. `unit` is what one credit pays for."""

    tariff: str
    label: str
    unit: str
    opened: bool
    left: int
    warn_below: int
    most_a_day: int | None
    spent_today: int


class CreditTerms(BaseModel):
    """On what terms a company sends: `warn_below` tells its people, `most_a_day` is null for no limit."""

    opened: bool
    warn_below: int = Field(0, ge=0, le=10**12)
    most_a_day: int | None = Field(None, ge=0, le=10**12)


class CreditTopUp(BaseModel):
    """Credits to put in, or below zero to take away. The same `key` does it once, however often it is sent."""

    amount: int = Field(ge=-(10**12), le=10**12)
    note: str = Field("", max_length=200)
    key: str = Field(min_length=8, max_length=64)
