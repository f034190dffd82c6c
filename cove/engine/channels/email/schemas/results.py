from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel, Field


class SuppressionAnswer(BaseModel):
    """An address to which nothing goes; `address` is empty where it had to be forgotten, and masked to whoever may not see it."""

    id: int
    address: str
    reason: str
    reason_label: str
    detail: str
    created_at: datetime
    created_by: str | None


class NewSuppression(BaseModel):
    address: str = Field(min_length=3, max_length=254)
    detail: str = Field("", max_length=200)


class EmailTally(BaseModel):
    """Mails asked for, and of how many each was heard: refused as unknown (hard), sent back otherwise (soft), failed for another reason."""

    name: str
    asked: int
    sent: int
    hard: int
    soft: int
    failed: int
    opened: int
    clicked: int
    left: int
    complained: int


class EmailResults(BaseModel):
    """What became of the mails of the last `days` days: all, and by the domain they went to."""

    days: int
    total: EmailTally
    hosts: list[EmailTally]
