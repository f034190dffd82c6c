from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import BaseModel, Field

from cove.directory.org.permissions import MEMBER_PHONE
from cove.kernel.http.masking import Guarded
from cove.kernel.http.shapes import NamedId
from cove.kernel.paging import DEFAULT_LIMIT

MemberName = Annotated[str, Field(min_length=1, max_length=64)]
Email = Annotated[str, Field(max_length=254)]
Phone = Annotated[str, Field(max_length=32)]
JobTitle = Annotated[str, Field(max_length=64)]


class MembersAsked(BaseModel):
    """Which members, in which order; `department` 0 means those in none, `below` counts those further down too."""

    search: str = ""
    department: int | None = None
    below: bool = True
    role: int | None = None
    activity: Literal["active", "inactive", "all"] = "all"
    sort: Literal["name", "-name", "created_at", "-created_at"] = "name"
    cursor: str | None = None
    limit: int = DEFAULT_LIMIT


class PlaceAnswer(BaseModel):
    """A member's place in a department; `from_wecom`: the WeCom directory keeps it."""

    id: int
    name: str
    main: bool
    leads: bool
    from_wecom: bool


class MemberAnswer(Guarded):
    """A member; `from_wecom`: name, job title and WeCom departments are kept by the WeCom directory."""

    record: ClassVar[str] = "org_member"

    id: int
    name: str
    email: str | None
    phone: Annotated[str, MEMBER_PHONE]
    job_title: str
    departments: list[str]
    places: list[PlaceAnswer]
    roles: list[NamedId]
    active: bool
    wecom_userid: str | None
    from_wecom: bool


class PlaceWanted(BaseModel):
    department_id: int
    main: bool = False
    leads: bool = False


class NewMember(BaseModel):
    name: MemberName
    email: Email = ""
    phone: Phone = ""
    job_title: JobTitle = ""
    places: list[PlaceWanted] = Field(default_factory=list, max_length=50)


class MemberChange(BaseModel):
    """What to change; what is left out stays. `places` replaces all; an empty e-mail takes it away."""

    name: MemberName | None = None
    email: Email | None = None
    phone: Phone | None = None
    job_title: JobTitle | None = None
    active: bool | None = None
    places: list[PlaceWanted] | None = Field(default=None, max_length=50)


class MembersMove(BaseModel):
    member_ids: list[int] = Field(min_length=1, max_length=1000)
    department_id: int


class MembersMoved(BaseModel):
    moved: int


class TwinAnswer(BaseModel):
    """A hand-made member and one of the WeCom directory who are probably one person, and by what: e-mail or phone."""

    member: NamedId
    wecom_member: NamedId
    by_email: bool
    by_phone: bool


class TwinsAnswer(BaseModel):
    items: list[TwinAnswer]


class MembersJoin(BaseModel):
    member_id: int
    wecom_member_id: int
