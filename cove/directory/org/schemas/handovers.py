from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, Field, StringConstraints

from cove.kernel.changesets.api import ChangeSetAnswer
from cove.kernel.http.shapes import NamedId


class Successor(BaseModel):
    member_id: int
    share: int = Field(1, ge=1, le=100)


class HandOverPlan(BaseModel):
    """From whom to whom. Each successor gets as many as his share says: equal shares divide evenly."""

    member_id: int
    successors: list[Successor] = Field(default_factory=list, max_length=50)


class NewHandOver(BaseModel):
    """What is to be handed over: `kinds` are keys of the preview; `why` stands on the contacts' timelines."""

    member_id: int
    successors: list[Successor] = Field(min_length=1, max_length=50)
    kinds: list[str] = Field(min_length=1, max_length=50)
    why: Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)] = ""


class PieceAnswer(BaseModel):
    id: int
    title: str
    url: str


class PortionAnswer(BaseModel):
    member: NamedId
    count: int


class OwnedAnswer(BaseModel):
    """What a member owns of one kind, some of it, who would get how many, and what is to be minded."""

    kind: str
    label: str
    count: int
    samples: list[PieceAnswer]
    to: list[PortionAnswer]
    warnings: list[str]


class ReachAnswer(BaseModel):
    """What a successor's colleagues and superiors will see, and those of the member no longer: names of departments."""

    member: NamedId
    gain: list[str]
    lose: list[str]


class HandOverPreview(BaseModel):
    member: NamedId
    active: bool
    kinds: list[OwnedAnswer]
    reach: list[ReachAnswer]


class HandOverAnswer(BaseModel):
    """One transfer and how far it is."""

    id: int
    member: NamedId
    successors: list[PortionAnswer]
    kinds: list[str]
    why: str
    made_by: NamedId | None
    undone_by: NamedId | None
    undone_at: datetime | None
    change: ChangeSetAnswer


class WaitingKind(BaseModel):
    kind: str
    label: str
    count: int


class WaitingAnswer(BaseModel):
    """A member who left and still owns something."""

    member: NamedId
    departments: list[str]
    kinds: list[WaitingKind]


class WaitingList(BaseModel):
    items: list[WaitingAnswer]


class MemberStateAnswer(BaseModel):
    id: int
    name: str
    active: bool
