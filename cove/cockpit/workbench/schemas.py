from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel

from cove.cockpit.workbench.contracts import FoundGroup
from cove.kernel.http.shapes import NamedId


class SearchAnswer(BaseModel):
    groups: list[FoundGroup]


class FactLine(BaseModel):
    at: datetime
    label: str
    caption: str


class GivenAnswer(BaseModel):
    """A contact who was handed over: who he is, from whom, to whom, when and why."""

    id: int
    change_set_id: int
    contact: NamedId
    company_name: str
    position: str
    source: str
    source_detail: str
    since: datetime
    last_seen_at: datetime
    tags: list[str]
    earlier_owners: list[str]
    lost: bool
    from_name: str
    to_name: str
    at: datetime
    why: str


class BriefAnswer(GivenAnswer):
    """The same with what happened last, the last notes, and what is open."""

    facts: list[FactLine]
    notes: list[FactLine]
    open_matters: list[str]


class BriefFrame(BaseModel):
    """The brief, or null for a contact who was not handed over."""

    brief: BriefAnswer | None


class KindCount(BaseModel):
    label: str
    count: int


class TransferBriefAnswer(BaseModel):
    """What a transfer gave, what is waiting, and the contacts who were active last."""

    from_name: str
    to_names: list[str]
    at: datetime
    why: str
    counts: list[KindCount]
    waiting: list[str]
    top: list[BriefAnswer]
