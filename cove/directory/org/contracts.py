from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal


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
    slug: str = ""
    suspended: bool = False
    watermark: bool = False


@dataclass(frozen=True, slots=True)
class CompanyCard:
    """What the installation's owner may know of a company: never its data."""

    id: int
    name: str
    slug: str
    timezone: str
    created_at: datetime
    suspended_at: datetime | None
    members: int
    last_active_at: datetime | None


@dataclass(frozen=True, slots=True)
class DirectoryDepartment:
    """A department as an outside directory states it: ids are the platform's; siblings with a greater `order` stand first."""

    id: int
    parent_id: int | None
    name: str
    order: int = 0


@dataclass(frozen=True, slots=True)
class DirectoryMember:
    """A member as an outside directory states him: ids are the platform's. None, or an empty text, is what it does not tell.

    `leads` are those of his departments that he is a leader of; `main_id` is his main one.
    """

    userid: str
    name: str
    department_ids: tuple[int, ...]
    active: bool
    main_id: int | None = None
    leads: tuple[int, ...] | None = None
    job_title: str | None = None
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class NoticeLetter:
    """Notices as one message, in the language of those who get it: `url` is a path of the console, `userids` are WeCom's."""

    title: str
    text: str
    url: str
    userids: tuple[str, ...]
    language: Literal["zh-CN", "en"]
