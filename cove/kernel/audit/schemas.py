from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, Field

from cove.kernel.http.shapes import NamedId
from cove.kernel.http.times import Day, Moment

ActorKind = Literal["member", "key", "system", "visitor"]
DoorName = Literal["console", "api", "public", "callback", "work", "command_line"]
OutcomeName = Literal["done", "refused", "failed"]
OpName = Literal["insert", "update", "delete"]


Text = Annotated[str, Field(max_length=120)]


class EntriesAsked(BaseModel):
    """What to look for in the log; empty fields narrow nothing. `until` is excluded; days are whole ones of the company's calendar."""

    member_id: int | None = None
    deed: Text = ""
    operation: Text = ""
    command: Text = ""
    record: Text = ""
    record_id: int | None = None
    door: DoorName | None = None
    outcome: OutcomeName | None = None
    actor_kind: ActorKind | None = None
    since: Moment | None = None
    until: Moment | None = None
    first_day: Day | None = None
    last_day: Day | None = None
    search: Annotated[str, Field(max_length=100)] = ""


class AuditExport(BaseModel):
    """Which entries a file should have, and of what kind it should be."""

    asked: EntriesAsked = EntriesAsked()
    kind: Literal["csv", "xlsx"] = "xlsx"


class AuditRecordAnswer(BaseModel):
    """A record: `kind` is its table, `link` its page in the console (empty: it has none), `title` what it is called today."""

    kind: str
    label: str
    id: int | None
    title: str
    link: str


class AuditCauseAnswer(BaseModel):
    """One link of the chain that led to a deed: fact number `fact`, and the rule that saw it."""

    fact: int
    fact_label: str
    rule: str
    rule_label: str


class AuditDetailAnswer(BaseModel):
    """Something that explains an entry, in words."""

    label: str
    value: str


class AuditEntryAnswer(BaseModel):
    """One deed. `label` says what it was, `record_count` how many records it was about."""

    id: int
    at: datetime
    deed: str
    label: str
    command: str
    operation: str
    outcome: OutcomeName
    actor_kind: ActorKind
    member: NamedId | None
    key_id: int | None
    record: AuditRecordAnswer | None
    record_count: int
    door: DoorName
    address: str


class AuditValueAnswer(BaseModel):
    """A column before and after; `concealed`: it changed, but its values are never kept."""

    column: str
    label: str
    before: str
    after: str
    concealed: bool


class AuditChangeAnswer(BaseModel):
    """A row that was changed. `rows` above one: so many rows, summed up; `forgotten`: personal values that were erased."""

    record: AuditRecordAnswer
    op: OpName
    rows: int
    sample: list[int]
    forgotten: bool
    values: list[AuditValueAnswer]


class AuditEntryDetailAnswer(AuditEntryAnswer):
    agent: str
    request_id: str
    path: str
    session_id: int | None
    causes: list[AuditCauseAnswer]
    inner: list[str]
    details: list[AuditDetailAnswer]
    record_ids: list[int]
    changes: list[AuditChangeAnswer]
    changed_rows: int


class AuditHistoryAnswer(AuditEntryAnswer):
    """An entry of one record's history, with what it changed."""

    causes: list[AuditCauseAnswer]
    changes: list[AuditChangeAnswer]


class AuditChoice(BaseModel):
    value: str
    label: str


class AuditChoicesAnswer(BaseModel):
    """What the log can be narrowed by."""

    deeds: list[AuditChoice]
    operations: list[AuditChoice]
    records: list[AuditChoice]
