from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, Field, StringConstraints

from cove.kernel.http.shapes import NamedId

Name = Annotated[str, StringConstraints(strip_whitespace=True, max_length=100)]
Note = Annotated[str, StringConstraints(strip_whitespace=True, max_length=500)]
EventStatus = Literal["draft", "live", "retired"]
PropertyType = Literal["text", "number", "integer", "boolean", "time", "list", "object"]
BreachKind = Literal["unplanned", "retired", "missing", "type", "choice", "pattern", "extra"]
Language = Literal["web", "miniprogram", "python"]


class PlannedPropertyDocument(BaseModel):
    """A property of an event. `choices` and `pattern` (a regular expression of RE2 for the whole text) are for texts and lists."""

    name: Name
    type: PropertyType
    required: bool = False
    choices: list[Name] = Field(default_factory=list, max_length=100)
    pattern: Annotated[str, StringConstraints(max_length=200)] = ""
    note: Note = ""


class PlannedEventDraft(BaseModel):
    """An event as it is written. `pql`: who does it shows that the product is worth something to him."""

    name: Name
    note: Note = ""
    status: EventStatus = "draft"
    pql: bool = False
    owner_id: Annotated[int, Field(ge=1, lt=2**63)] | None = None
    properties: list[PlannedPropertyDocument] = Field(default_factory=list, max_length=100)


class PlannedEventChange(PlannedEventDraft):
    """`revision` is the one that was read: if somebody else has changed the event since, it is refused."""

    revision: Annotated[int, Field(ge=1, lt=2**31)]


class PlannedEventAnswer(BaseModel):
    """An event of the plan being written. `published`: it is in force; `changed`: differently from what is written here."""

    id: int
    name: str
    note: str
    status: EventStatus
    pql: bool
    owner: NamedId | None
    properties: list[PlannedPropertyDocument]
    revision: int
    published: bool
    changed: bool
    created_at: datetime
    changed_at: datetime


class PlannedEventRow(BaseModel):
    """An event in the list; `arrived` and `breaches` count the last seven days."""

    id: int
    name: str
    note: str
    status: EventStatus
    pql: bool
    owner: NamedId | None
    properties: int
    published: bool
    changed: bool
    arrived: int
    last_at: datetime | None
    breaches: int


class PlanChanges(BaseModel):
    """Names of events that were added, changed, or removed."""

    added: list[str]
    changed: list[str]
    removed: list[str]


class PlanAnswer(BaseModel):
    """The plan: the version in force (0 before the first), what publishing would change, and how many events are being written."""

    version: int
    published_at: datetime | None
    published_by: NamedId | None
    waiting: PlanChanges
    events: int


class PlanPublished(BaseModel):
    note: Note = ""


class PlanVersionAnswer(BaseModel):
    id: int
    number: int
    note: str
    published_at: datetime
    published_by: NamedId | None
    events: int
    changes: PlanChanges


class PlanVersionsAnswer(BaseModel):
    items: list[PlanVersionAnswer]


class PlanSnippetAnswer(BaseModel):
    """Code for the plan in force."""

    language: Language
    label: str
    file: str
    version: int
    code: str


class PlanTableFaultAnswer(BaseModel):
    row: int
    column: str
    message: str


class PlanTableAnswer(BaseModel):
    """What a table says; nothing of it is written unless `written`."""

    written: bool
    added: list[str]
    changed: list[str]
    same: list[str]
    faults: list[PlanTableFaultAnswer]
