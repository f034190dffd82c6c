from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, Field

from cove.kernel.operations import operations

Locale = Literal["zh-CN", "en"] | None


class Credentials(BaseModel):
    email: str = Field(min_length=3, max_length=254)
    password: str = Field(min_length=1, max_length=1024)


class SessionMember(BaseModel):
    id: int
    name: str
    email: str | None
    locale: Locale


class SessionTenant(BaseModel):
    id: int
    name: str
    timezone: str


def _list_operations(schema: dict[str, Any]) -> None:
    schema["items"] = {
        "type": "string",
        "enum": sorted(entry.key for entry in operations if entry.grantable or entry.installation),
    }


class SessionAnswer(BaseModel):
    """Who is signed in, where, and what he may do (`operations` are operation keys)."""

    member: SessionMember
    tenant: SessionTenant
    operations: list[str] = Field(json_schema_extra=_list_operations)
    csrf_token: str


class SessionChange(BaseModel):
    locale: Literal["zh-CN", "en"]
