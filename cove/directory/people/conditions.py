"""What rules may ask of the people we know."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django.db.models import Q

from cove.directory.org import facade as org
from cove.directory.people import queries
from cove.directory.people.contracts import SOURCES
from cove.directory.people.models import Contact, ContactTag, Ownership
from cove.directory.people.permissions import EMAIL, PHONE
from cove.kernel.conditions.condition import Asking, Condition, Subject, belonging, column, declare
from cove.kernel.conditions.operators import CHOICE, FLAG, SET, TEXT, TIME, Operator
from cove.kernel.words import Words


def _contact(subject: Subject) -> Contact | None:
    found: Contact | None = subject.recall(
        "people.contact", lambda: Contact.visible_to(subject.asking.actor).filter(id=subject.contact_id).first()
    )
    return found


def _field(name: str) -> Any:
    return lambda subject: getattr(_contact(subject), name, None)


def _tag_names(asking: Asking, ids: Collection[int]) -> Mapping[int, str]:
    return {key: tag.name for key, tag in queries.tags_by_id(asking.actor, ids).items()}


def _member_names(asking: Asking, ids: Collection[int]) -> Mapping[int, str]:
    return {key: member.name for key, member in org.members_by_id(asking.actor, ids).items()}


def _where_lost(asking: Asking, operator: Operator, value: Any) -> Q:
    return operator.where(queries.is_lost(), value, asking.now)


def _match_lost(subject: Subject, operator: Operator, value: Any) -> bool:
    found = _contact(subject)
    lost = found is not None and found.owner_count == 0 and Ownership.objects.filter(contact=found).exists()
    return operator.test(lost, value, subject.asking.now)


TAG = belonging(
    "people.tag",
    Words("标签", "Tags"),
    SET,
    rows=lambda _asking: ContactTag.objects.all(),
    value="tag_id",
    names=_tag_names,
    picker="tag",
)
OWNER = belonging(
    "people.owner",
    Words("跟进人", "Owners"),
    SET,
    rows=lambda _asking: Ownership.objects.filter(until__isnull=True),
    value="member_id",
    names=_member_names,
    picker="member",
)
SOURCE = column(
    "people.source", Words("来源", "Source"), CHOICE, column="source", read=_field("source"), choices=SOURCES
)
NAME = column("people.name", Words("姓名", "Name"), TEXT, column="name", read=_field("name"))
COMPANY = column("people.company", Words("公司", "Company"), TEXT, column="company_name", read=_field("company_name"))
PHONE_NUMBER = column(
    "people.phone", Words("手机号", "Phone"), TEXT, column="phone", read=_field("phone"), sensitive=PHONE
)
EMAIL_ADDRESS = column(
    "people.email", Words("邮箱", "E-mail"), TEXT, column="email", read=_field("email"), sensitive=EMAIL
)
CREATED = column(
    "people.created",
    Words("成为联系人的时间", "Became a contact"),
    TIME,
    column="created_at",
    read=_field("created_at"),
)
SEEN = column(
    "people.last_seen", Words("最近活跃时间", "Last active"), TIME, column="last_seen_at", read=_field("last_seen_at")
)
LOST = declare(Condition("people.lost", Words("已流失", "Lost"), FLAG, where=_where_lost, match=_match_lost))
