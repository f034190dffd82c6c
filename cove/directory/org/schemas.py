from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, Field


class Credentials(BaseModel):
    email: str = Field(min_length=3, max_length=254)
    password: str = Field(min_length=1, max_length=1024)


class SessionMember(BaseModel):
    id: int
    name: str
    email: str | None
    locale: str


class SessionTenant(BaseModel):
    id: int
    name: str
    timezone: str


class SessionAnswer(BaseModel):
    """Who is signed in, where, and what he may do (`operations` are operation keys)."""

    member: SessionMember
    tenant: SessionTenant
    operations: list[str]
    csrf_token: str


class SessionChange(BaseModel):
    locale: Literal["zh-CN", "en"]


class MemberAnswer(BaseModel):
    id: int
    name: str
    email: str | None
    departments: list[str]
    active: bool
    wecom_userid: str | None
