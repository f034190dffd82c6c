from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, Field, StringConstraints

from cove.engine.channels.sms.contracts.accounts import Approval, Provider, Purpose
from cove.kernel.http.shapes import NamedId

Text = Annotated[str, StringConstraints(strip_whitespace=True, max_length=300)]
Values = Annotated[
    dict[Annotated[str, StringConstraints(max_length=64)], Annotated[str, StringConstraints(max_length=200)]],
    Field(max_length=30),
]
State = Literal["ordered", "sent", "arrived", "failed", "unknown"]


class SmsFiguresAnswer(BaseModel):
    """The last thirty days. `cost` in ten-thousandths of a yuan, of the parts that the provider took."""

    messages: int
    parts: int
    cost: int
    arrived: int
    failed: int


class SmsAccountAnswer(BaseModel):
    """An account; secrets are never given back. `price`: ten-thousandths of a yuan a part. `problem`: what the provider refuses."""

    provider: Provider
    name: str
    configured: bool
    key_id: str
    secret_set: bool
    app_id: str
    base_url: str
    price: int
    receipts_url: str
    replies_url: str
    synced_at: datetime | None
    told_at: datetime | None
    problem: str
    figures: SmsFiguresAnswer


class SmsAccountsAnswer(BaseModel):
    items: list[SmsAccountAnswer]


class SmsAccountChange(BaseModel):
    """A secret left out keeps its value."""

    key_id: Text
    secret: Text | None = None
    app_id: Text = ""
    base_url: Text = ""
    price: int = Field(450, ge=0, le=100_000)


class SmsSignatureAnswer(BaseModel):
    id: int
    provider: Provider
    name: str
    code: str
    approval: Approval
    reason: str


class SmsSignaturesAnswer(BaseModel):
    items: list[SmsSignatureAnswer]


class NewSmsSignature(BaseModel):
    provider: Provider
    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=30)]
    code: Annotated[str, StringConstraints(strip_whitespace=True, max_length=18)] = ""


class SmsTemplateAnswer(BaseModel):
    """`variables` as they stand in the text, `refusable`: it says how it is refused, which marketing must."""

    id: int
    provider: Provider
    code: str
    name: str
    content: str
    purpose: Purpose
    approval: Approval
    reason: str
    variables: list[str]
    refusable: bool


class SmsTemplateChange(BaseModel):
    purpose: Purpose


class SmsDraft(BaseModel):
    """A message before it is sent."""

    sms_template_id: Annotated[int, Field(ge=1, lt=2**63)]
    sms_signature_id: Annotated[int, Field(ge=1, lt=2**63)]
    values: Values = Field(default_factory=dict)


class SmsPreviewAnswer(BaseModel):
    """What would go out: `length` in characters as carriers count, `cost` of all parts to one number, in ten-thousandths of a yuan."""

    text: str
    length: int
    longest: int
    parts: int
    cost: int
    missing: list[str]


class SmsTest(SmsDraft):
    phone: Annotated[str, StringConstraints(strip_whitespace=True, min_length=5, max_length=20)]


class SmsToContact(SmsDraft):
    """One message to a contact. `key` makes it once: the same key again sends nothing."""

    contact_id: int
    key: Annotated[str, StringConstraints(strip_whitespace=True, min_length=8, max_length=80)]


class SmsMessageAnswer(BaseModel):
    """A message that was ordered, its number masked for everybody. `reason` says in words why it did not arrive."""

    id: int
    provider: Provider
    template: NamedId
    contact: NamedId | None
    phone: str
    parts: int
    cost: int
    state: State
    state_label: str
    reason: str
    errcode: str
    ordered_at: datetime
    ended_at: datetime | None
