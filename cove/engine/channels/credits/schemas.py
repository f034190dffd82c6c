from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel

from cove.engine.channels.credits.contracts import What


class CreditAnswer(BaseModel):
    """A tariff as the company stands with it: `unit` is what one credit pays for. `opened` false: it sends as much as it likes."""

    tariff: str
    label: str
    unit: str
    opened: bool
    left: int
    warn_below: int
    most_a_day: int | None
    spent_today: int


class MovementAnswer(BaseModel):
    """What went in, or out, or came back: within the hour that begins at `at`, but for what was put in. `messages`: how many it was for."""

    id: int
    what: What
    at: datetime
    amount: int
    messages: int
    note: str
