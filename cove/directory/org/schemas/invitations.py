from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from pydantic import AfterValidator, BaseModel, Field

from cove.directory.org.schemas.account import PASSWORD_MAX, LinkToken

InvitationState = Literal["open", "accepted", "revoked", "expired"]


def _an_address(text: str) -> str:
    try:
        validate_email(text.strip())
    except ValidationError as error:
        raise ValueError("not an e-mail address") from error
    return text.strip()


class NewInvitation(BaseModel):
    email: Annotated[str, AfterValidator(_an_address)] = Field(max_length=254)
    name: str = Field(min_length=1, max_length=64)
    department_ids: list[int] = Field(default=[], max_length=20)
    role_ids: list[int] = Field(default=[], max_length=20)


class InvitationAnswer(BaseModel):
    id: int
    email: str
    name: str
    invited_by: str
    state: InvitationState
    created_at: datetime
    sent_at: datetime
    expires_at: datetime


class InvitationSent(InvitationAnswer):
    """An invitation just sent; `link` is shown this once, `mailed` is false when no mail server is set up."""

    link: str
    mailed: bool


class InvitationShown(BaseModel):
    """What the invited sees before accepting."""

    company: str
    inviter: str
    name: str
    email: str


class InvitationAcceptance(LinkToken):
    name: str = Field(default="", max_length=64)
    password: str = Field(min_length=1, max_length=PASSWORD_MAX)
