from __future__ import annotations

from pydantic import BaseModel, Field


class CompanyAnswer(BaseModel):
    """`slug` is the company's sign-in address; `sign_in_url` the whole of it."""

    name: str
    slug: str
    timezone: str
    sign_in_url: str


class CompanyChange(BaseModel):
    name: str = Field(max_length=60)
    slug: str = Field(max_length=40)
    timezone: str = Field(max_length=64)
