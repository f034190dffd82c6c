from __future__ import annotations

from django.db import models
from django.db.models import Q

from cove.engine.channels.wecom.permissions import SEE_GROUPS
from cove.kernel.actor import Actor
from cove.kernel.operations import Operation
from cove.kernel.reachable import RecordKind, record_kind
from cove.kernel.records import Record
from cove.kernel.scope import TenantModel
from cove.kernel.words import Words


class WecomGroup(TenantModel):
    """A customer group as the platform last told it at `read_at`.

    `version` is the platform's for who is in it; `people` counts all, `customers` those from outside. `owner` is null while we do not
    know the member.
    """

    shown_as = Record(
        Words("客户群", "Customer group"),
        title="name",
        columns={
            "name": Words("群名称", "Name"),
            "owner_userid": Words("群主账号", "Owner's account"),
            "notice": Words("群公告", "Notice"),
            "dismissed_at": Words("解散时间", "Dismissed at"),
        },
    )

    chat_id = models.TextField()
    name = models.TextField(default="")
    owner_userid = models.TextField(default="")
    owner = models.ForeignKey("org.Member", models.SET_NULL, null=True, related_name="+")
    notice = models.TextField(default="")
    version = models.TextField(default="")
    people = models.IntegerField(default=0)
    customers = models.IntegerField(default=0)
    made_at = models.DateTimeField()
    dismissed_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "wecom_group"
        constraints = [models.UniqueConstraint(fields=["tenant_id", "chat_id"], name="wecom_group_once")]
        indexes = [models.Index(fields=["tenant_id", "-made_at", "-id"], name="wecom_group_newest")]

    @classmethod
    def visible_to(cls, actor: Actor, operation: Operation = SEE_GROUPS) -> models.QuerySet[WecomGroup]:
        """Return the groups whose owners the actor reaches with `operation`."""
        rows = cls.objects.filter(tenant_id=actor.tenant_id)
        reach = actor.reach(operation)
        return rows if reach.everybody else rows.filter(owner_id__in=reach.member_ids)


class WecomGroupPerson(TenantModel):
    """Somebody who is or was in a customer group: a member (`platform_id` is his userid) or somebody from outside (external_userid).

    `contact` is null while nobody of ours is his friend. `way`: 1 invited, 2 by a link, 3 by a code, whose `state` it is.
    """

    unaudited = "who is in which group, as the platform tells it; joining and leaving are facts in the log"

    group = models.ForeignKey(WecomGroup, models.CASCADE, related_name="persons")
    platform_id = models.TextField()
    member = models.BooleanField(default=False)
    contact = models.ForeignKey("people.Contact", models.CASCADE, null=True, related_name="+")
    name = models.TextField(default="")
    way = models.SmallIntegerField(default=0)
    state = models.TextField(default="")
    inviter = models.TextField(default="")
    joined_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "wecom_group_person"
        constraints = [
            models.UniqueConstraint(fields=["tenant_id", "group", "platform_id"], name="wecom_group_person_once")
        ]
        indexes = [
            models.Index(fields=["tenant_id", "platform_id"], name="wecom_group_person_known_as"),
            models.Index(fields=["contact"], condition=Q(left_at=None), name="wecom_group_person_contact"),
        ]


record_kind(
    RecordKind(
        key="wecom_group",
        label=Words("客户群", "customer group"),
        model=WecomGroup,
        see=SEE_GROUPS,
        name=lambda row: row.name,
        holders=lambda row, _operation: [row.owner_id] if row.owner_id else [],
        holding=Words("群主是 {names}", "is owned by {names}"),
        search=lambda text: Q(name__icontains=text),
        gone=lambda row: row.dismissed_at is not None,
    )
)
