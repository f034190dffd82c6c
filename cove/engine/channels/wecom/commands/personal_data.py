"""What this module holds of a person."""

from __future__ import annotations

from django.db.models import Q

from cove.engine.channels.wecom.models import WecomRelation
from cove.kernel.personal_data import Person, holds_rows
from cove.kernel.words import Words


def _theirs(person: Person) -> Q:
    return Q(contact_id__in=person.contacts) | Q(external_userid__in=person.known_by("wecom_external"))


RELATIONS = holds_rows(
    "wecom.relations",
    Words("企业微信好友关系", "Friendships on WeCom"),
    model=WecomRelation,
    rows=lambda person: WecomRelation.objects.filter(_theirs(person)),
    columns={
        "userid": Words("成员账号", "Member's userid"),
        "external_userid": Words("外部联系人编号", "External user id"),
        "friend": Words("当前为好友", "Friends now"),
        "changed_at": Words("时间", "Time"),
    },
)
