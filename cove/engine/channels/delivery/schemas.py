from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel


class DeliveryAnswer(BaseModel):
    """One outward act: what, how it ended, and in words why it did not happen or why nobody knows."""

    id: int
    kind: str
    label: str
    state: str
    state_label: str
    reason: str
    reason_label: str
    errcode: int | None
    attempts: int
    created_at: datetime
    not_after: datetime | None
    finished_at: datetime | None
