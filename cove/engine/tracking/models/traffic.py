from __future__ import annotations

from django.db import models
from django.db.models import Q

from cove.kernel.actor import Actor
from cove.kernel.records import Record
from cove.kernel.scope import TenantModel
from cove.kernel.words import Words


class TrafficSlice(TenantModel):
    """Ten minutes of behaviour that are to be looked at once `due_at` is over; `position` is the last fact that fell into them."""

    steward = "select"
    unaudited = "what the machine has yet to look at"

    start = models.DateTimeField()
    due_at = models.DateTimeField()
    position = models.BigIntegerField()

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "tracking_traffic_slice"
        constraints = [models.UniqueConstraint(fields=["tenant_id", "start"], name="tracking_traffic_slice_once")]
        indexes = [models.Index(fields=["due_at"], name="tracking_traffic_slice_due")]


class TrafficMark(TenantModel):
    """A member's word that an address or a device is no suspicious traffic: one of `address` and `visitor_id`.

    It holds for what comes from now on, and for what was there as soon as `applied_at` is set. A mark that is taken back stays until
    what it said of the past is taken back, too.
    """

    shown_as = Record(
        Words("正常流量标记", "Mark of normal traffic"),
        argument="mark_id",
        link="/insight/traffic",
        title="title",
        columns={
            "title": Words("标记对象", "What was marked"),
            "address": Words("网络地址", "Address"),
            "note": Words("说明", "Note"),
            "made_by_id": Words("标记人", "Marked by"),
            "made_at": Words("标记时间", "Marked at"),
            "applied_at": Words("生效时间", "Applied at"),
            "withdrawn_at": Words("撤销时间", "Taken back at"),
        },
    )
    steward = "select"

    address = models.TextField(default="")
    visitor_id = models.BigIntegerField(null=True)
    title = models.TextField()
    note = models.TextField(default="")
    made_by = models.ForeignKey("org.Member", models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField()
    applied_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "tracking_traffic_mark"
        constraints = [
            models.UniqueConstraint(
                fields=["tenant_id", "address"],
                condition=Q(withdrawn_at=None) & ~Q(address=""),
                name="tracking_traffic_mark_address_once",
            ),
            models.UniqueConstraint(
                fields=["tenant_id", "visitor_id"],
                condition=Q(withdrawn_at=None),
                name="tracking_traffic_mark_device_once",
            ),
        ]

    @classmethod
    def visible_to(cls, actor: Actor) -> models.QuerySet[TrafficMark]:
        """Return the marks this actor may see: all of his tenant, those taken back left out."""
        return cls.objects.filter(tenant_id=actor.tenant_id, withdrawn_at=None)
