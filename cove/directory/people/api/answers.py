"""Rows of people as the console sees them."""

from __future__ import annotations

from typing import Literal

from cove.directory.people import queries
from cove.directory.people.contracts import SOURCES
from cove.directory.people.models import Contact, ContactIdentity, ContactMerge, Ownership
from cove.directory.people.permissions import (
    CHANGE_CONTACT,
    EMAIL,
    MERGE_CONTACTS,
    PHONE,
    TAG_CONTACT,
    WECHAT_ID,
    WRITE_NOTE,
)
from cove.directory.people.schemas.contacts import (
    ContactAnswer,
    ContactDetailAnswer,
    IdentityAnswer,
    MergedAnswer,
    OwnershipAnswer,
    SourceAnswer,
)
from cove.kernel.actor import Actor
from cove.kernel.http.masking import shown_to, text_shown_to
from cove.kernel.http.shapes import NamedId
from cove.kernel.reachable import doable
from cove.kernel.words import Words

_IDENTITIES = {
    "wecom_external": Words("企业微信客户", "WeCom customer"),
    "wechat_openid": Words("微信 OpenID", "WeChat OpenID"),
    "unionid": Words("微信 UnionID", "WeChat UnionID"),
    "phone": Words("手机号", "Phone"),
    "email": Words("邮箱", "E-mail"),
    "user": Words("产品账号", "Product account"),
}
SENSITIVE = {
    "phone": PHONE,
    "email": EMAIL,
    "wecom_external": WECHAT_ID,
    "wechat_openid": WECHAT_ID,
    "unionid": WECHAT_ID,
}
# WeCom document 92114, field add_way; numbers it does not list are shown as "other".
_WAYS = {
    1: Words("扫描二维码", "QR code"),
    2: Words("搜索手机号", "Phone search"),
    3: Words("名片分享", "Card share"),
    4: Words("群聊", "Group chat"),
    5: Words("手机通讯录", "Phone address book"),
    6: Words("微信联系人", "WeChat contact"),
    9: Words("搜索邮箱", "E-mail search"),
    10: Words("视频号", "WeChat Channels"),
    201: Words("内部成员共享", "Shared by a colleague"),
    202: Words("管理员分配", "Assigned by an administrator"),
}
_OTHER = Words("其他", "Other")
# WeCom document 92114, field gender.
_GENDERS: dict[int, Literal["unknown", "male", "female"]] = {1: "male", 2: "female"}
GENDERS = {1: Words("男", "Male"), 2: Words("女", "Female")}


def contact_answer(row: Contact) -> ContactAnswer:
    """Return a contact as a list shows it; tags and owners must be prefetched."""
    owners = [one.member for one in row.ownerships.all() if one.until is None]
    return ContactAnswer(
        id=row.id,
        name=row.name,
        avatar_url=row.avatar_url or None,
        gender=_GENDERS.get(row.gender, "unknown"),
        company_name=row.company_name,
        source=SourceAnswer(kind=row.source, label=SOURCES.get(row.source, _OTHER).here(), detail=row.source_detail),
        owners=[NamedId(id=member.id, name=member.name) for member in owners],
        tags=[NamedId(id=one.tag_id, name=one.tag.name) for one in row.contact_tags.all()],
        created_at=row.created_at,
        last_seen_at=row.last_seen_at,
        lost=row.owner_count == 0 and len(row.ownerships.all()) > 0,
    )


def contact_detail(actor: Actor, contact_id: int) -> ContactDetailAnswer:
    """Return a contact as his page shows him; raises NotFound."""
    row = queries.contact(actor, contact_id)
    newer, older = queries.neighbours(actor, row)
    return ContactDetailAnswer(
        **contact_answer(row).model_dump(),
        position=row.position,
        phone=row.phone or None,
        email=row.email or None,
        identities=[_identity(actor, one) for person in (row, *row.merged.all()) for one in person.identities.all()],
        ownerships=[_ownership(actor, one) for one in row.ownerships.all()],
        may=doable(actor, Contact, [row.id], (CHANGE_CONTACT, WRITE_NOTE, TAG_CONTACT, MERGE_CONTACTS))[row.id],
        merged=[_merged(one) for one in queries.merges_of(actor, row.id)],
        duplicates=queries.duplicates_of(actor, row),
        previous_id=newer,
        next_id=older,
    )


def _merged(row: ContactMerge) -> MergedAnswer:
    into = None if row.into_id == row.contact.merged_into_id else NamedId(id=row.into_id, name=row.into.name)
    return MergedAnswer(merge_id=row.id, id=row.contact_id, name=row.contact.name, at=row.at, into=into)


def _identity(actor: Actor, row: ContactIdentity) -> IdentityAnswer:
    value, sensitive = row.value, SENSITIVE.get(row.kind)
    if sensitive is not None:
        value = shown_to(actor, sensitive, value, record="people_contact", record_id=row.contact_id)
    return IdentityAnswer(kind=row.kind, label=_IDENTITIES.get(row.kind, _OTHER).here(), value=value)


def _ownership(actor: Actor, row: Ownership) -> OwnershipAnswer:
    return OwnershipAnswer(
        member=NamedId(id=row.member_id, name=row.member.name),
        since=row.since,
        until=row.until,
        way_label="" if row.way is None else _WAYS.get(row.way, _OTHER).here(),
        remark=text_shown_to(actor, row.remark),
    )
