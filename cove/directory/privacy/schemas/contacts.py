from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, Field, StringConstraints

from cove.directory.privacy.contracts import Channel, ConsentState
from cove.directory.privacy.schemas.settings import ErasureAnswer, ErasureCount

Reason = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]


class ContactConsentAnswer(BaseModel):
    purpose: str
    name: str
    state: ConsentState
    state_label: str
    version: int
    newest_version: int
    since: datetime | None


class ContactChannelAnswer(BaseModel):
    channel: Channel
    label: str
    unsubscribed: bool
    since: datetime | None
    source_label: str
    reason: str


class ConsentEventAnswer(BaseModel):
    id: int
    purpose: str
    given: bool
    version: int
    source_label: str
    reason: str
    member: str
    at: datetime


class DataFileAnswer(BaseModel):
    """A file of a person's data; `file_id` is null until it is ready."""

    id: int
    asked_at: datetime
    ready_at: datetime | None
    expires_at: datetime
    run_id: int | None
    file_id: int | None


class ContactPrivacyAnswer(BaseModel):
    """What a contact allows, and what is under way with his data."""

    consents: list[ContactConsentAnswer]
    channels: list[ContactChannelAnswer]
    history: list[ConsentEventAnswer]
    links: int
    files: list[DataFileAnswer]
    erasure: ErasureAnswer | None


class ChoicesChange(BaseModel):
    """What a contact told a member: consents by purpose, and by channel whether he may be reached. `reason` is how one knows."""

    purposes: dict[str, bool] = Field(default_factory=dict, max_length=50)
    channels: dict[Channel, bool] = Field(default_factory=dict)
    reason: Reason


class PreferenceLinkAnswer(BaseModel):
    url: str


class RevokedAnswer(BaseModel):
    revoked: int


class ErasurePreview(BaseModel):
    """What an erasure would remove, and for how many days it can be called off."""

    name: str
    grace_days: int
    holders: list[ErasureCount]


class ErasureRequest(BaseModel):
    name: str = Field(max_length=200)
    why: str = Field("", max_length=500)
