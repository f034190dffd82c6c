"""What this module holds of a person."""

from __future__ import annotations

from django.db.models import Q

from cove.engine.channels.wecom.models import (
    WecomGroupPerson,
    WecomKfTalk,
    WecomMassTarget,
    WecomRelation,
    WecomTransfer,
)
from cove.kernel.actor import Actor
from cove.kernel.personal_data import Person, holds_rows
from cove.kernel.words import Words

_EXTERNAL = Words("外部联系人编号", "External user id")


def _theirs(person: Person, column: str = "external_userid") -> Q:
    return Q(contact_id__in=person.contacts) | Q(**{f"{column}__in": person.known_by("wecom_external")})


def _forget_targets(_actor: Actor, person: Person) -> int:
    """Keep that somebody was written to, and what became of it; who it was goes."""
    ids = list(WecomMassTarget.objects.filter(_theirs(person, "target")).values_list("id", flat=True))
    for row_id in ids:
        WecomMassTarget.objects.filter(id=row_id).update(contact=None, target=f"erased:{row_id}")
    return len(ids)


RELATIONS = holds_rows(
    "wecom.relations",
    Words("企业微信好友关系", "Friendships on WeCom"),
    model=WecomRelation,
    rows=lambda person: WecomRelation.objects.filter(_theirs(person)),
    columns={
        "userid": Words("成员账号", "Member's userid"),
        "external_userid": _EXTERNAL,
        "friend": Words("当前为好友", "Friends now"),
        "changed_at": Words("时间", "Time"),
    },
)
GROUPS = holds_rows(
    "wecom.group_persons",
    Words("所在客户群", "Customer groups"),
    model=WecomGroupPerson,
    rows=lambda person: WecomGroupPerson.objects.filter(_theirs(person, "platform_id")),
    columns={
        "group__name": Words("群名称", "Group"),
        "name": Words("群内名称", "Name there"),
        "joined_at": Words("入群时间", "Joined at"),
        "left_at": Words("退群时间", "Left at"),
    },
)
MASS_TARGETS = holds_rows(
    "wecom.mass_targets",
    Words("企业群发记录", "Mass messages"),
    model=WecomMassTarget,
    rows=lambda person: WecomMassTarget.objects.filter(_theirs(person, "target")),
    columns={
        "userid": Words("成员账号", "Member's userid"),
        "state": Words("结果", "Outcome"),
        "sent_at": Words("时间", "Time"),
    },
    erase=_forget_targets,
)
TRANSFERS = holds_rows(
    "wecom.transfers",
    Words("企业微信客户继承", "Transfers on WeCom"),
    model=WecomTransfer,
    rows=lambda person: WecomTransfer.objects.filter(_theirs(person)),
    columns={
        "external_userid": _EXTERNAL,
        "state": Words("结果", "Outcome"),
        "wanted_at": Words("时间", "Time"),
    },
)
TALKS = holds_rows(
    "wecom.kf_talks",
    Words("微信客服会话", "Customer service conversations"),
    model=WecomKfTalk,
    rows=lambda person: WecomKfTalk.objects.filter(_theirs(person)),
    columns={"external_userid": _EXTERNAL, "heard_at": Words("最近发言", "Last heard")},
)
