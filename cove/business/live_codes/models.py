from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from cove.business.live_codes.permissions import CHANGE_CODE, DELETE_CODE, SEE_CODES
from cove.kernel.actor import Actor
from cove.kernel.operations import Operation
from cove.kernel.reachable import RecordKind, record_kind
from cove.kernel.records import Record
from cove.kernel.scope import TenantModel
from cove.kernel.words import Words


class LiveCode(TenantModel):
    """A code that is printed once; who stands behind it may change at any time. A deleted one keeps its slug and its figures."""

    shown_as = Record(
        Words("活码", "Live code"),
        argument="code_id",
        link="/attract/live-codes/{id}",
        title="name",
        columns={
            "slug": Words("短链", "Slug"),
            "welcome_text": Words("欢迎语", "Welcome text"),
            "welcome_attachments": Words("欢迎语附件", "Attachments of the welcome"),
            "utm_source": Words("UTM 来源", "UTM source"),
            "utm_medium": Words("UTM 媒介", "UTM medium"),
            "utm_campaign": Words("UTM 活动", "UTM campaign"),
            "utm_content": Words("UTM 内容", "UTM content"),
            "utm_term": Words("UTM 关键词", "UTM term"),
            "created_by_id": Words("创建人", "Made by"),
        },
    )

    name = models.TextField()
    slug = models.TextField(unique=True)
    welcome_text = models.TextField(default="")
    welcome_attachments = models.JSONField(default=list)
    utm_source = models.TextField(default="")
    utm_medium = models.TextField(default="")
    utm_campaign = models.TextField(default="")
    utm_content = models.TextField(default="")
    utm_term = models.TextField(default="")
    created_at = models.DateTimeField()
    created_by = models.ForeignKey("org.Member", models.PROTECT, null=True, related_name="+")
    deleted_at = models.DateTimeField(null=True)

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "live_codes_code"
        constraints = [
            models.UniqueConstraint(
                "tenant_id", Lower("name"), condition=Q(deleted_at__isnull=True), name="live_codes_code_name_once"
            )
        ]
        indexes = [models.Index(fields=["tenant_id", "created_at", "id"], name="live_codes_code_newest")]

    @classmethod
    def visible_to(cls, actor: Actor, operation: Operation = SEE_CODES) -> models.QuerySet[LiveCode]:
        """Return the codes to which this actor may do `operation`.

        A code belongs to whoever made it; those who stand behind it see it and its figures, too.
        """
        rows = cls.objects.filter(tenant_id=actor.tenant_id)
        reach = actor.reach(operation)
        if reach.everybody:
            return rows
        theirs = Q(created_by_id__in=reach.member_ids)
        if operation not in (CHANGE_CODE, DELETE_CODE):
            standing = LiveCodeMember.objects.filter(tenant_id=actor.tenant_id, member_id__in=reach.member_ids)
            theirs |= Q(id__in=standing.values("code_id"))
        return rows.filter(theirs)


class LiveCodeMember(TenantModel):
    shown_as = Record(
        Words("活码成员", "Member of a live code"),
        columns={
            "code_id": Words("活码", "Live code"),
            "weight": Words("权重", "Weight"),
        },
    )

    code = models.ForeignKey(LiveCode, models.CASCADE, related_name="members")
    member = models.ForeignKey("org.Member", models.PROTECT, related_name="+")
    weight = models.IntegerField()

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "live_codes_member"
        constraints = [models.UniqueConstraint(fields=["code", "member"], name="live_codes_member_once")]


def _holders(row: LiveCode, operation: Operation) -> set[int]:
    found = {row.created_by_id} - {None}
    if operation not in (CHANGE_CODE, DELETE_CODE):
        found |= set(LiveCodeMember.objects.filter(code=row).values_list("member_id", flat=True))
    return {one for one in found if one is not None}


record_kind(
    RecordKind(
        key="live_codes_code",
        label=Words("渠道活码", "live code"),
        model=LiveCode,
        see=SEE_CODES,
        name=lambda row: row.name,
        holders=_holders,
        holding=Words("属于 {names}", "belongs to {names}"),
        search=lambda text: Q(name__icontains=text) | Q(slug=text),
        gone=lambda row: row.deleted_at is not None,
    )
)


class LiveCodeTag(TenantModel):
    shown_as = Record(
        Words("活码标签", "Tag of a live code"),
        columns={
            "code_id": Words("活码", "Live code"),
        },
    )

    code = models.ForeignKey(LiveCode, models.CASCADE, related_name="tags")
    tag = models.ForeignKey("people.Tag", models.CASCADE, related_name="+")

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "live_codes_tag"
        constraints = [models.UniqueConstraint(fields=["code", "tag"], name="live_codes_tag_once")]


class ContactWay(TenantModel):
    """A contact way on WeCom for one member of one code, recognised by its `state` when a friendship comes back through it.

    Each (code, member) has one standing way; the others are leased to single visits. `free_after` is when a leased one may be leased
    again; `failure` is why WeCom did not make it (a code of `cove.facts.delivery.REASONS`).
    """

    shown_as = Record(
        Words("联系我方式", "Contact way"),
        columns={
            "code_id": Words("活码", "Live code"),
            "standing": Words("常驻", "Standing"),
            "config_id": Words("平台编号", "Number on the platform"),
            "qr_url": Words("二维码", "QR code"),
            "failure": Words("失败原因", "Failure"),
            "free_after": Words("可再用", "Free after"),
        },
    )

    code = models.ForeignKey(LiveCode, models.CASCADE, related_name="ways")
    member = models.ForeignKey("org.Member", models.PROTECT, related_name="+")
    state = models.TextField(unique=True)
    standing = models.BooleanField(default=False)
    config_id = models.TextField(default="")
    qr_url = models.TextField(default="")
    failure = models.TextField(default="")
    free_after = models.DateTimeField()

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "live_codes_way"
        constraints = [
            models.UniqueConstraint(
                fields=["code", "member"], condition=Q(standing=True), name="live_codes_way_one_standing"
            )
        ]
        indexes = [
            models.Index(
                fields=["code", "member", "free_after"], condition=Q(standing=False), name="live_codes_way_free"
            )
        ]


class WayLease(TenantModel):
    """A way lent to one visit: a friendship made through it from `since` up to `until` is this visitor's, the first one only."""

    unaudited = "lent to each visit and taken back by the machine"

    way = models.ForeignKey(ContactWay, models.CASCADE, related_name="leases")
    visit = models.TextField()
    visitor_id = models.BigIntegerField()
    since = models.DateTimeField()
    until = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "live_codes_lease"
        indexes = [
            models.Index(fields=["tenant_id", "visit"], name="live_codes_lease_of_visit"),
            models.Index(fields=["way", "since"], name="live_codes_lease_of_way"),
        ]


class ScanDay(TenantModel):
    """How often a code was opened on a day of the tenant's calendar, by the member who was shown."""

    unaudited = "counters of visits"

    code = models.ForeignKey(LiveCode, models.CASCADE, related_name="+")
    member = models.ForeignKey("org.Member", models.CASCADE, related_name="+")
    day = models.DateField()
    scans = models.IntegerField(default=0)

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "live_codes_scan_day"
        constraints = [models.UniqueConstraint(fields=["code", "day", "member"], name="live_codes_scan_day_once")]


class ScanVisitor(TenantModel):
    """A visitor who opened a code on a day: the rows are what "visitors" counts, over a day or any span of days."""

    unaudited = "counters of visits"

    code = models.ForeignKey(LiveCode, models.CASCADE, related_name="+")
    day = models.DateField()
    visitor_id = models.BigIntegerField()

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "live_codes_scan_visitor"
        constraints = [
            models.UniqueConstraint(fields=["code", "day", "visitor_id"], name="live_codes_scan_visitor_once")
        ]


class CodeFriendship(TenantModel):
    """A friendship that began through a code, and the day it ended if it did. Adds and losses are counted from these rows.

    Nobody's once the contact was erased: it still counts.
    """

    shown_as = Record(
        Words("活码好友", "Friendship of a live code"),
        columns={
            "code_id": Words("活码", "Live code"),
            "began_at": Words("添加时间", "Began at"),
            "began_on": Words("添加日期", "Began on"),
            "ended_at": Words("流失时间", "Ended at"),
            "ended_on": Words("流失日期", "Ended on"),
        },
    )

    code = models.ForeignKey(LiveCode, models.CASCADE, related_name="friendships")
    contact = models.ForeignKey("people.Contact", models.SET_NULL, null=True, related_name="+")
    member = models.ForeignKey("org.Member", models.PROTECT, related_name="+")
    began_at = models.DateTimeField()
    began_on = models.DateField()
    ended_at = models.DateTimeField(null=True)
    ended_on = models.DateField(null=True)

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "live_codes_friendship"
        constraints = [
            models.UniqueConstraint(
                fields=["contact", "member"], condition=Q(ended_at__isnull=True), name="live_codes_friendship_one_open"
            )
        ]
        indexes = [
            models.Index(fields=["code", "began_on"], name="live_codes_friendship_began"),
            models.Index(
                fields=["code", "ended_on"], condition=Q(ended_at__isnull=False), name="live_codes_friendship_ended"
            ),
        ]
