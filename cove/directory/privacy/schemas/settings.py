from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, Field, StringConstraints

PurposeName = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40)]
PurposeWording = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]


class RetentionAnswer(BaseModel):
    """How long a class of data is kept (`days` null: until somebody decides), and how much is older than that now."""

    key: str
    label: str
    days: int | None
    least: int
    would_go: int


class PrivacySettingsAnswer(BaseModel):
    grace_days: int
    watermark: bool
    retention: list[RetentionAnswer]


class PrivacySettingsChange(BaseModel):
    grace_days: int | None = Field(None, ge=0, le=365)
    watermark: bool | None = None
    retention: dict[str, int | None] = Field(default_factory=dict, max_length=50)


class RetentionPreview(BaseModel):
    would_go: int


class PurposeTextAnswer(BaseModel):
    version: int
    text: str
    text_en: str
    at: datetime


class PurposeAnswer(BaseModel):
    """What a tenant uses people's data for; `texts` are its wordings, the newest first."""

    id: int
    key: str
    name: str
    name_en: str
    opt_in: bool
    active: bool
    texts: list[PurposeTextAnswer]


class PurposesAnswer(BaseModel):
    items: list[PurposeAnswer]


class NewPurpose(BaseModel):
    name: PurposeName
    name_en: str = Field("", max_length=60)
    text: PurposeWording
    text_en: str = Field("", max_length=2000)
    opt_in: bool = True


class PurposeChange(NewPurpose):
    active: bool = True


class ErasureCount(BaseModel):
    key: str
    label: str
    count: int


class ErasureAnswer(BaseModel):
    """An erasure; when it is done, its certificate: who asked, when, and how many records went. It does not say whose they were."""

    id: int
    state: Literal["waiting", "running", "done", "cancelled"]
    contact_id: int | None
    contact_name: str
    why: str
    asked_by: str
    asked_at: datetime
    due_at: datetime
    finished_at: datetime | None
    counts: list[ErasureCount]
