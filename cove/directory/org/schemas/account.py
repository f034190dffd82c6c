from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, Field

from cove.directory.org.schemas.session import Locale

PASSWORD_MAX = 128


class AccountAnswer(BaseModel):
    """One's own account. `second_factor_demanded`: the company asks for it, so it cannot be turned off."""

    id: int
    name: str
    email: str | None
    locale: Locale
    company: str
    has_password: bool
    second_factor_since: datetime | None
    second_factor_demanded: bool
    recovery_codes_left: int


class AccountChange(BaseModel):
    name: str = Field(min_length=1, max_length=64)
    locale: Literal["zh-CN", "en", ""] = ""


class PasswordChange(BaseModel):
    """A new password, proved by the current one or by a code of the second factor."""

    current_password: str = Field(default="", max_length=1024)
    code: str = Field(default="", max_length=16)
    password: str = Field(min_length=1, max_length=PASSWORD_MAX)


class CodeProof(BaseModel):
    code: str = Field(min_length=1, max_length=16)


class FactorOff(BaseModel):
    password: str = Field(min_length=1, max_length=1024)
    code: str = Field(min_length=1, max_length=16)


class RecoveryCodes(BaseModel):
    """Ten codes, each good once in place of the second factor. They are shown this once."""

    recovery_codes: list[str]


class SessionRow(BaseModel):
    """A signed-in browser; `device` is it in words, `way` how it signed in, `current` the one that asks."""

    id: int
    device: str
    address: str
    way: str
    created_at: datetime
    last_used_at: datetime
    current: bool


class SessionRows(BaseModel):
    items: list[SessionRow]


class PasswordToJudge(BaseModel):
    """A password somebody thinks of, and words a guesser would begin with."""

    password: str = Field(max_length=PASSWORD_MAX)
    known: list[str] = Field(default=[], max_length=5)


class StrengthAnswer(BaseModel):
    """Points from 0 to 4; `enough` says whether it may be used, `advice` what would make it better."""

    score: int
    enough: bool
    advice: list[str]


class ResetWish(BaseModel):
    email: str = Field(min_length=3, max_length=254)


class Accepted(BaseModel):
    """Said in any case: whether anybody has this e-mail is not told."""

    accepted: Literal[True] = True


class LinkToken(BaseModel):
    token: str = Field(min_length=1, max_length=128)


class LinkPassword(LinkToken):
    password: str = Field(min_length=1, max_length=PASSWORD_MAX)


class ResetAnswer(BaseModel):
    """Whose password a link sets."""

    company: str
    name: str
    email: str


class PolicyAnswer(BaseModel):
    """What is asked of sign-in, and whom a stricter rule would concern: active members with a password and without a second factor."""

    second_factor: Literal["nobody", "administrators", "everybody"]
    idle_days: int
    session_days: int
    members_without: int
    administrators_without: int


class PolicyChange(BaseModel):
    second_factor: Literal["nobody", "administrators", "everybody"]
    idle_days: int = Field(ge=1, le=90)
    session_days: int = Field(ge=1, le=180)
