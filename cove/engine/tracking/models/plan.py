from __future__ import annotations

from django.db import models

from cove.kernel.actor import Actor
from cove.kernel.records import Record
from cove.kernel.scope import TenantModel
from cove.kernel.words import Words


class PlannedEvent(TenantModel):
    """An event of the tracking plan as it is being written; what is checked is the newest `PlanVersion`.

    `properties` is a list of {name, type, required, choices, pattern, note}, in the order of the editor. `revision` grows with every
    change, so that two editors notice each other. `pql`: who does this shows that the product is worth something to him.
    """

    shown_as = Record(
        Words("埋点事件", "Planned event"),
        argument="event_id",
        link="/settings/tracking-plan/events/{id}",
        title="name",
        columns={
            "note": Words("说明", "What it means"),
            "status": Words("状态", "Status"),
            "pql": Words("PQL 事件", "PQL event"),
            "owner_id": Words("负责人", "Owner"),
            "properties": Words("属性", "Properties"),
        },
    )

    class Status(models.TextChoices):
        DRAFT = "draft"
        LIVE = "live"
        RETIRED = "retired"

    name = models.TextField()
    note = models.TextField(default="")
    status = models.TextField(choices=Status.choices, default=Status.DRAFT)
    pql = models.BooleanField(default=False)
    owner = models.ForeignKey("org.Member", models.SET_NULL, null=True, related_name="+")
    properties = models.JSONField(default=list)
    revision = models.IntegerField(default=1)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "tracking_planned_event"
        constraints = [models.UniqueConstraint(fields=["tenant_id", "name"], name="tracking_planned_event_once")]

    @classmethod
    def visible_to(cls, actor: Actor) -> models.QuerySet[PlannedEvent]:
        """Return the planned events this actor may see: all of his tenant."""
        return cls.objects.filter(tenant_id=actor.tenant_id)


class PlanVersion(TenantModel):
    """The plan as it was published: `document` holds its events, live and retired, and never changes. The newest is in force."""

    shown_as = Record(
        Words("埋点方案版本", "Version of the tracking plan"),
        argument="version_id",
        link="/settings/tracking-plan/versions",
        title="number",
        columns={"number": Words("版本", "Version"), "note": Words("说明", "Note")},
    )

    number = models.IntegerField()
    note = models.TextField(default="")
    document = models.JSONField()
    changes = models.JSONField(default=dict)
    published_at = models.DateTimeField()
    published_by = models.ForeignKey("org.Member", models.SET_NULL, null=True, related_name="+")

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "tracking_plan_version"
        constraints = [models.UniqueConstraint(fields=["tenant_id", "number"], name="tracking_plan_version_once")]

    @classmethod
    def visible_to(cls, actor: Actor) -> models.QuerySet[PlanVersion]:
        """Return the versions this actor may see: all of his tenant."""
        return cls.objects.filter(tenant_id=actor.tenant_id)


class PlanCount(TenantModel):
    """How often on a day of the tenant's calendar events came (`kind` arrived) or broke the plan, and how.

    `event` is empty where more kinds of rows would have come on one day than are kept: those are counted together. `samples` are up to
    five of what came: {at, message_id, source_id, visitor_id, got}, the first of the day.
    """

    unaudited = "counters of what the collector took"

    day = models.DateField()
    event = models.TextField()
    property = models.TextField(default="")
    kind = models.TextField()
    count = models.BigIntegerField(default=0)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    samples = models.JSONField(default=list)

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "tracking_plan_count"
        constraints = [
            models.UniqueConstraint(
                fields=["tenant_id", "day", "kind", "event", "property"], name="tracking_plan_count_once"
            )
        ]

    @classmethod
    def visible_to(cls, actor: Actor) -> models.QuerySet[PlanCount]:
        """Return the counts this actor may see: all of his tenant."""
        return cls.objects.filter(tenant_id=actor.tenant_id)
