from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, Field, StringConstraints

from cove.kernel.http.shapes import NamedId

RoleName = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40)]
RoleText = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)]
Scope = Literal["own", "departments", "subtree", "all"]


class KeyLabel(BaseModel):
    key: str
    label: str


class GrantableAnswer(BaseModel):
    """An operation that roles may give; `record` is the kind of record it is done to, where it is done to single ones."""

    key: str
    label: str
    scoped: bool
    implies: list[str]
    record: str | None


class GrantableModuleAnswer(BaseModel):
    key: str
    label: str
    operations: list[GrantableAnswer]


class PresetAnswer(BaseModel):
    """A role to begin with."""

    name: str
    description: str
    rights: dict[str, Scope]
    revealed: list[str]


class RightsCatalogueAnswer(BaseModel):
    """All that a role can hold: operations by module, sensitive fields, data scopes from the narrowest to the widest, templates."""

    modules: list[GrantableModuleAnswer]
    fields: list[KeyLabel]
    scopes: list[KeyLabel]
    presets: list[PresetAnswer]


class RoleAnswer(BaseModel):
    """A role; `rights` as they were given, `effective` with what they imply. `members` counts active ones.

    `beyond` says in words what of it the reader does not hold himself: only when that is empty he may change, give and delete it.
    """

    id: int
    name: str
    description: str
    everything: bool
    rights: dict[str, Scope]
    effective: dict[str, Scope]
    revealed: list[str]
    members: int
    beyond: list[str]


class RolesAnswer(BaseModel):
    items: list[RoleAnswer]


class NewRole(BaseModel):
    name: RoleName
    description: RoleText = ""
    rights: dict[str, str] = Field(default_factory=dict, max_length=1000)
    revealed: list[str] = Field(default_factory=list, max_length=200)


class RoleChange(BaseModel):
    """What to change; what is left out stays."""

    name: RoleName | None = None
    description: RoleText | None = None
    rights: dict[str, str] | None = Field(None, max_length=1000)
    revealed: list[str] | None = Field(None, max_length=200)


class RoleCopy(BaseModel):
    name: RoleName


class RoleHolders(BaseModel):
    member_ids: list[int] = Field(min_length=1, max_length=1000)


class GrantedAnswer(BaseModel):
    """How many members it changed something for."""

    changed: int


class WhyQuestion(BaseModel):
    operation: str = Field(max_length=100)
    record_id: int | None = None


class WhyAnswer(BaseModel):
    """Whether the member may, the reason as a word for programs, and in plain words."""

    may: bool
    reason: Literal["may", "may_deleted", "inactive", "no_right", "out_of_reach", "no_record"]
    text: str


class RecordChoicesAnswer(BaseModel):
    items: list[NamedId]


class GiversAnswer(BaseModel):
    """A right, whether one holds it, and who could give it."""

    operation: str
    label: str
    held: bool
    givers: list[str]


class RightSourceAnswer(BaseModel):
    """A role that gives a right; `implied_by` are the rights that bring it along, where it was not given itself."""

    role: NamedId
    scope: Scope
    implied_by: list[str]


class EffectiveRightAnswer(BaseModel):
    key: str
    label: str
    scoped: bool
    scope: Scope | None
    sources: list[RightSourceAnswer]


class EffectiveModuleAnswer(BaseModel):
    key: str
    label: str
    rights: list[EffectiveRightAnswer]


class EffectiveFieldAnswer(BaseModel):
    key: str
    label: str
    revealed: bool
    roles: list[NamedId]


class CircleAnswer(BaseModel):
    """The members whose rows a data scope covers; `names` are some of them."""

    scope: Scope
    label: str
    count: int
    names: list[str]


class MemberRightsAnswer(BaseModel):
    """What a member may do, in effect."""

    member: NamedId
    active: bool
    roles: list[NamedId]
    modules: list[EffectiveModuleAnswer]
    fields: list[EffectiveFieldAnswer]
    circles: list[CircleAnswer]
