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
