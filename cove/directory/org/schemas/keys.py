from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel, Field

from cove.kernel.actor import DataScope
from cove.kernel.http.shapes import NamedId
from cove.kernel.http.times import Moment


class ApiKeyCreate(BaseModel):
    """`rights`: operation key to data scope; `expires_at` is a year from now unless given."""

    name: str = Field(max_length=60)
    rights: dict[str, DataScope]
    revealed: list[str] = Field(default_factory=list, max_length=200)
    expires_at: Moment | None = None


class ApiKeyAnswer(BaseModel):
    """A key without its text, of which `hint` are the last four letters."""

    id: int
    name: str
    hint: str
    member: NamedId
    rights: dict[str, DataScope]
    revealed: list[str]
    created_at: datetime
    expires_at: datetime
    last_used_at: datetime | None


class ApiKeyMade(BaseModel):
    """A new key with its text, which is shown this once."""

    key: ApiKeyAnswer
    text: str


class GrantableRight(BaseModel):
    key: str
    label: str
    scoped: bool
    widest: DataScope


class RevealableField(BaseModel):
    key: str
    label: str


class ApiKeyChoices(BaseModel):
    """What the member at hand may give a key: no more than he may do and see himself."""

    rights: list[GrantableRight]
    fields: list[RevealableField]
