from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MemberCard:
    """What others may know of a member."""

    id: int
    name: str
    active: bool
    email: str | None = None
    wecom_userid: str | None = None


@dataclass(frozen=True, slots=True)
class TenantCard:
    """What others may know of a tenant; `timezone` is an IANA name."""

    id: int
    name: str
    timezone: str
    watermark: bool = False


@dataclass(frozen=True, slots=True)
class DirectoryDepartment:
    """A department as an outside directory states it: ids are the platform's."""

    id: int
    parent_id: int | None
    name: str


@dataclass(frozen=True, slots=True)
class DirectoryMember:
    """A member as an outside directory states him: ids are the platform's."""

    userid: str
    name: str
    department_ids: tuple[int, ...]
    active: bool
