from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from cove.engine.content.links.permissions import SEE_LINKS
from cove.kernel.actor import Actor
from cove.kernel.operations import Operation
from cove.kernel.reachable import RecordKind, record_kind
from cove.kernel.records import Record
from cove.kernel.scope import TenantModel
from cove.kernel.words import Words


class Link(TenantModel):
    """A short link; where it leads may change at any time. A deleted one keeps its slug and its figures."""

    shown_as = Record(
        Words("链接", "Link"),
        argument="link_id",
        link="/attract/links/{id}",
        title="name",
        columns={
            "slug": Words("短链", "Slug"),
            "target": Words("目标地址", "Target"),
            "utm_source": Words("UTM 来源", "UTM source"),
            "utm_medium": Words("UTM 媒介", "UTM medium"),
            "utm_campaign": Words("UTM 活动", "UTM campaign"),
            "utm_content": Words("UTM 内容", "UTM content"),
            "utm_term": Words("UTM 关键词", "UTM term"),
            "expires_at": Words("失效时间", "Expires at"),
            "off": Words("已停用", "Switched off"),
            "created_by_id": Words("创建人", "Made by"),
        },
    )

    name = models.TextField()
    slug = models.TextField(unique=True)
    target = models.TextField()
    utm_source = models.TextField(default="")
    utm_medium = models.TextField(default="")
    utm_campaign = models.TextField(default="")
    utm_content = models.TextField(default="")
    utm_term = models.TextField(default="")
    expires_at = models.DateTimeField(null=True)
    off = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey("org.Member", models.PROTECT, null=True, related_name="+")
    deleted_at = models.DateTimeField(null=True)

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "links_link"
        constraints = [
            models.UniqueConstraint(
                "tenant_id", Lower("name"), condition=Q(deleted_at__isnull=True), name="links_link_name_once"
            )
        ]
        indexes = [models.Index(fields=["tenant_id", "created_at", "id"], name="links_link_newest")]

    @classmethod
    def visible_to(cls, actor: Actor, operation: Operation = SEE_LINKS) -> models.QuerySet[Link]:
        """Return the links to which this actor may do `operation`. A link belongs to whoever made it."""
        rows = cls.objects.filter(tenant_id=actor.tenant_id)
        reach = actor.reach(operation)
        return rows if reach.everybody else rows.filter(created_by_id__in=reach.member_ids)

    @property
    def utm(self) -> dict[str, str]:
        """The campaign's parameters by their short names."""
        return {
            "source": self.utm_source,
            "medium": self.utm_medium,
            "campaign": self.utm_campaign,
            "content": self.utm_content,
            "term": self.utm_term,
        }


record_kind(
    RecordKind(
        key="links_link",
        label=Words("链接", "link"),
        model=Link,
        see=SEE_LINKS,
        name=lambda row: row.name,
        holders=lambda row, _operation: {row.created_by_id} - {None},
        holding=Words("属于 {names}", "belongs to {names}"),
        search=lambda text: Q(name__icontains=text) | Q(slug=text) | Q(target__icontains=text),
        gone=lambda row: row.deleted_at is not None,
    )
)


class ClickDay(TenantModel):
    """How often a link was followed on a day of the tenant's calendar; `suspicious` are those of machines, beside the others."""

    unaudited = "counters of clicks"

    link = models.ForeignKey(Link, models.CASCADE, related_name="+")
    day = models.DateField()
    clicks = models.IntegerField(default=0)
    suspicious = models.IntegerField(default=0)

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "links_click_day"
        constraints = [models.UniqueConstraint(fields=["link", "day"], name="links_click_day_once")]


class ClickVisitor(TenantModel):
    """A visitor who followed a link on a day: the rows are what "visitors" counts, over a day or any span of days."""

    unaudited = "counters of clicks"

    link = models.ForeignKey(Link, models.CASCADE, related_name="+")
    day = models.DateField()
    visitor_id = models.BigIntegerField()

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "links_click_visitor"
        constraints = [models.UniqueConstraint(fields=["link", "day", "visitor_id"], name="links_click_visitor_once")]


class Recipient(TenantModel):
    """A contact who followed the link that was sent to him. `visitors` are the browsers in which it was opened, the first first."""

    unaudited = "counters of clicks"

    link = models.ForeignKey(Link, models.CASCADE, related_name="+")
    contact = models.ForeignKey("people.Contact", models.CASCADE, related_name="+")
    clicks = models.IntegerField(default=0)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    visitors = ArrayField(models.BigIntegerField(), default=list)

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "links_recipient"
        constraints = [models.UniqueConstraint(fields=["link", "contact"], name="links_recipient_once")]
        indexes = [models.Index(fields=["link", "-last_at", "id"], name="links_recipient_latest")]
