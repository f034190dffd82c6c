from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import BaseModel


class FaultAnswer(BaseModel):
    """What is wrong in a column (name, email, phone, job_title, departments, userid), with its remedy."""

    column: str
    message: str


class LineAnswer(BaseModel):
    """A line of the file by its number there; `action`: create, change, or fill (WeCom keeps him, gaps are filled)."""

    row: int
    name: str
    email: str
    phone: str
    job_title: str
    departments: list[str]
    userid: str
    action: Literal["create", "change", "fill"]
    faults: list[FaultAnswer]


class ImportCounts(BaseModel):
    """Lines in all, what the good ones would do, how many are faulty; and once written, how many members were made and changed."""

    rows: int
    create: int
    change: int
    fill: int
    faulty: int
    created: int | None = None
    changed: int | None = None


class ImportAnswer(BaseModel):
    """A checked list: counts, departments that would be made, and its first lines, faulty ones first."""

    id: int
    file_name: str
    state: Literal["checked", "running", "done", "failed"]
    counts: ImportCounts
    new_departments: list[str]
    lines: list[LineAnswer]
    job_id: int | None
    expires_at: datetime


class ImportConfirmed(BaseModel):
    skip_faulty: bool = False
