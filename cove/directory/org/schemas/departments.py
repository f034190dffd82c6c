from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, Field

from cove.kernel.http.shapes import NamedId

DepartmentName = Annotated[str, Field(min_length=1, max_length=64, pattern=r"^[^/\\\\]*$")]


class DepartmentAnswer(BaseModel):
    """A department: active members directly in it and with all below (each once), its leaders, and whether WeCom keeps it."""

    id: int
    name: str
    parent_id: int | None
    from_wecom: bool
    members: int
    members_below: int
    leaders: list[NamedId]


class TreeAnswer(BaseModel):
    """All departments, parents first and siblings in order; `members` are active, `without` those of them in no department."""

    items: list[DepartmentAnswer]
    members: int
    without: int


class NewDepartment(BaseModel):
    name: DepartmentName
    parent_id: int | None = None


class DepartmentChange(BaseModel):
    name: DepartmentName


class DepartmentMove(BaseModel):
    """Where to: under `parent_id` (None: at the top), before the sibling `before_id` or at the end."""

    parent_id: int | None
    before_id: int | None = None


class MoveEffectAnswer(BaseModel):
    """What a move would do: how much moves, and who would reach more or fewer members' data."""

    departments: int
    members: int
    gaining: list[NamedId]
    losing: list[NamedId]


class Leaders(BaseModel):
    member_ids: list[int] = Field(max_length=50)
