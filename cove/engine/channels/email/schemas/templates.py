from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel, Field

from cove.engine.channels.email.contracts.cards import Purpose

LONGEST_HTML = 500_000
LONGEST_TEXT = 100_000


class EmailTemplateLine(BaseModel):
    """A template in a list."""

    id: int
    name: str
    subject: str
    purpose: str
    changed_at: datetime
    created_by: str | None


class EmailTemplateAnswer(EmailTemplateLine):
    html: str
    text: str


class EmailTemplateDraft(BaseModel):
    """What a mail says. Without `text` the plain text is made of the HTML."""

    subject: str = Field(min_length=1, max_length=200)
    html: str = Field(min_length=1, max_length=LONGEST_HTML)
    text: str = Field("", max_length=LONGEST_TEXT)
    purpose: Purpose = "marketing"


class EmailTemplateChange(EmailTemplateDraft):
    name: str = Field(min_length=1, max_length=100)


class EmailPreview(BaseModel):
    """A mail as it would be read: variables without a value are shown by their names. `needs` are those that must be given along."""

    subject: str
    html: str
    text: str
    needs: list[str]


class EmailTest(EmailTemplateDraft):
    sender_id: int
    address: str = Field(min_length=3, max_length=254)


class EmailTestSent(BaseModel):
    message_id: int


class EmailVariable(BaseModel):
    name: str
    label: str
