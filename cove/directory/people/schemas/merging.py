from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, Field

from cove.directory.people.permissions import EMAIL, PHONE
from cove.directory.people.schemas.contacts import ContactAnswer
from cove.kernel.http.masking import Guarded
from cove.kernel.http.shapes import NamedId


class MergeSide(Guarded, ContactAnswer):
    """One of two contacts who are compared."""

    record = "people_contact"

    position: str
    phone: Annotated[str | None, PHONE]
    email: Annotated[str | None, EMAIL]


class AddedField(BaseModel):
    key: str
    label: str
    value: str


class MergeAdditions(BaseModel):
    """What the one that stays would get: tags, those who follow the other, values for fields that are empty."""

    tags: list[NamedId]
    owners: list[NamedId]
    fields: list[AddedField]


class MergePreview(BaseModel):
    stays: MergeSide
    merged: MergeSide
    adds: MergeAdditions


class NewMerge(BaseModel):
    """`merged_id` leads to the contact of the address from then on."""

    merged_id: int = Field(ge=1, lt=2**63)


class MergeAnswer(BaseModel):
    """A merge that was made: `stays_id` is the contact that stays."""

    id: int
    stays_id: int
    at: datetime


class UndoneAnswer(BaseModel):
    """A merge that was undone. `kept` names what stays with the first because somebody changed it since."""

    stays_id: int
    contact_id: int
    kept: list[str]


class DuplicateReason(BaseModel):
    kind: str
    label: str
    value: str
    at: datetime


class DuplicateAnswer(BaseModel):
    """Two contacts who may be one person, and why."""

    id: int
    one: MergeSide
    other: MergeSide
    reasons: list[DuplicateReason]
    last_at: datetime
