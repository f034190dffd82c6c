from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, Field

from cove.kernel.http.times import Moment

OffBecause = Literal["", "member", "failing", "gone"]
CallState = Literal["pending", "delivered", "dead"]


class WebhookWish(BaseModel):
    """A webhook as it is wanted: its kinds of fact by key; `whole` sends sensitive fields unmasked."""

    name: str = Field(max_length=80)
    url: str = Field(max_length=2_000)
    kinds: list[str] = Field(max_length=500)
    whole: bool = False


class WebhookAnswer(BaseModel):
    """A webhook; its secret is given once, when it is made. `off_because`: ``member``, ``failing`` or ``gone``."""

    id: int
    name: str
    url: str
    kinds: list[str]
    whole: bool
    active: bool
    off_because: OffBecause
    failures: int
    failing_since: datetime | None
    old_secret_until: datetime | None
    created_at: datetime


class WebhookSecret(BaseModel):
    """A webhook with the secret that was just made."""

    webhook: WebhookAnswer
    secret: str


class WebhooksAnswer(BaseModel):
    items: list[WebhookAnswer]


class WebhookTurn(BaseModel):
    active: bool


class FactKind(BaseModel):
    """A kind of fact that can be told; `owner` is the module it belongs to."""

    key: str
    label: str
    owner: str
    owner_label: str


class FactKinds(BaseModel):
    items: list[FactKind]


class WebhookCall(BaseModel):
    """One fact told to one webhook, and what the last try brought."""

    id: int
    event_id: str
    kind: str
    label: str
    state: CallState
    state_label: str
    attempts: int
    status: int | None
    trouble: str
    trouble_label: str
    said: str
    milliseconds: int | None
    tried_at: datetime | None
    created_at: datetime


class AgainWish(BaseModel):
    """Which of the calls that were given up: those of facts since a moment, or all."""

    since: Moment | None = None


class AgainAnswer(BaseModel):
    count: int
