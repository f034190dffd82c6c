from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, Field

from cove.kernel.operations import operations

Locale = Literal["zh-CN", "en"] | None


class Credentials(BaseModel):
    email: str = Field(min_length=3, max_length=254)
    password: str = Field(min_length=1, max_length=1024)


class SecondFactorProof(BaseModel):
    """The first step's ticket, and a code of the app or a recovery code. `remember` trusts this browser for thirty days."""

    ticket: str = Field(min_length=1, max_length=512)
    code: str = Field(default="", max_length=16)
    recovery_code: str = Field(default="", max_length=32)
    remember: bool = False


class SessionMember(BaseModel):
    id: int
    name: str
    email: str | None
    locale: Locale


class SessionTenant(BaseModel):
    """The company one is signed in to. `watermark`: its pages carry the viewer's name."""

    id: int
    name: str
    timezone: str
    watermark: bool


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


class SignedInAnswer(SessionAnswer):
    """The session after the second step; `recovery_codes` are there once, when the second factor was just set up."""

    recovery_codes: list[str]


class EnrolmentAnswer(BaseModel):
    """What an authenticator app needs: the secret to type in, or the picture (SVG) to scan."""

    secret: str
    uri: str
    picture: str


class SecondFactorAsked(BaseModel):
    """The password was right. `enrolment` is there when the company asks for a second factor that is not set up yet."""

    second_factor_required: Literal[True] = True
    ticket: str
    enrolment: EnrolmentAnswer | None


class SessionChange(BaseModel):
    locale: Literal["zh-CN", "en"]
