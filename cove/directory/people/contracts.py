from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from cove.kernel.words import Words

SOURCES = {
    "wecom": Words("企业微信", "WeCom"),
    "official_account": Words("公众号", "Official account"),
    "miniprogram": Words("小程序", "Mini-program"),
    "live_code": Words("渠道活码", "Live code"),
    "web": Words("网站", "Website"),
    "console": Words("手工录入", "Entered by hand"),
    "ads": Words("广告线索", "Advertising lead"),
}
"""Where a contact can come from."""

REASONS = {
    "user": Words("同一产品账号", "Same product account"),
    "alias": Words("产品账号被关联为同一用户", "Product accounts said to be one user's"),
    "unionid": Words("同一微信 UnionID", "Same WeChat UnionID"),
    "phone": Words("同一手机号", "Same phone"),
    "email": Words("同一邮箱", "Same e-mail"),
}
"""Why two contacts may be one person."""

IdentityKind = Literal["wecom_external", "wechat_openid", "unionid", "phone", "email", "user"]


@dataclass(frozen=True, slots=True)
class Identity:
    """One way in which a person is known: `value` is unique within (tenant, kind)."""

    kind: IdentityKind
    value: str


@dataclass(frozen=True, slots=True)
class Profile:
    """What an outside platform says of a person; None means that it said nothing."""

    name: str | None = None
    avatar_url: str | None = None
    gender: int | None = None
    company_name: str | None = None
    position: str | None = None
    phone: str | None = None
    email: str | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """What an outside directory told of a contact and of the member who follows him: how the friendship came about, and his remark."""

    contact_id: int
    profile: Profile
    names: tuple[Identity, ...]
    member_id: int
    way: int | None
    remark: str


@dataclass(frozen=True, slots=True)
class Claim:
    """Who a visitor proved to be: a user of the company's product, with what is known of him.

    `names` (unionid, phone, email) are as proven as the user id itself; `profile` fills what is empty. `visitor_id` is the browser,
    `user_visitor` the number under which the user's own events come.
    """

    user_id: str
    user_visitor: int
    visitor_id: int
    names: tuple[Identity, ...] = ()
    profile: Profile = Profile()


@dataclass(frozen=True, slots=True)
class ContactCard:
    """What others may know of a contact."""

    id: int
    name: str
    source: str
    company_name: str = ""


@dataclass(frozen=True, slots=True)
class Addressee:
    """Whom a message is written to: where it reaches him, and what may be said of him. `id` is the one who stays of a merged one."""

    id: int
    name: str
    email: str
    phone: str
    company_name: str
    position: str


@dataclass(frozen=True, slots=True)
class ContactCounts:
    """Contacts in all, those admitted since a moment, and those whose last ownership ended since then."""

    total: int
    new: int
    lost: int


@dataclass(frozen=True, slots=True)
class TagCard:
    """What others may know of a tag."""

    id: int
    name: str
    group_id: int
    group_name: str


@dataclass(frozen=True, slots=True)
class OwnershipCard:
    """A contact's owner, now or in the past. `way` is WeCom's add_way number where known (document 92114)."""

    contact_id: int
    member_id: int
    since: datetime
    until: datetime | None


CONTACTS = "people.contacts"
"""The kind of belonging that contacts are."""

COLUMNS = {
    "name": Words("姓名", "Name"),
    "company_name": Words("公司", "Company"),
    "position": Words("职位", "Position"),
    "gender": Words("性别", "Gender"),
    "phone": Words("手机号", "Phone"),
    "email": Words("邮箱", "E-mail"),
    "wechat_id": Words("企业微信客户 ID", "WeCom customer id"),
    "source": Words("来源", "Source"),
    "source_detail": Words("来源说明", "Source detail"),
    "owners": Words("跟进人", "Owners"),
    "tags": Words("标签", "Tags"),
    "state": Words("状态", "State"),
    "created_at": Words("添加时间", "Added at"),
    "last_seen_at": Words("最近活跃", "Last active"),
}
"""The columns a file of contacts may have, in this order."""


@dataclass(frozen=True, slots=True)
class BriefCard:
    """Who a contact is, for somebody who has never met him. `earlier` are those who followed him before, the last first."""

    id: int
    name: str
    company_name: str
    position: str
    source: str
    source_detail: str
    created_at: datetime
    last_seen_at: datetime
    tags: tuple[str, ...]
    owners: tuple[str, ...]
    earlier: tuple[str, ...]
    lost: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """How many of some contacts were not active since a moment, and how many are lost."""

    silent: int
    lost: int
