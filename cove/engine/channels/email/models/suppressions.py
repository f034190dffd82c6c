from __future__ import annotations

from django.db import models

from cove.kernel.actor import Actor
from cove.kernel.records import Record
from cove.kernel.scope import TenantModel
from cove.kernel.words import Words


class Suppression(TenantModel):
    """An address to which nothing goes any more.

    It is known by a keyed digest, so that it stays on the list when the address itself has to be forgotten: `address` is then empty.
    """

    shown_as = Record(
        Words("禁发地址", "Suppressed address"),
        argument="suppression_id",
        link="/settings/email",
        columns={
            "address": Words("地址", "Address"),
            "reason": Words("原因", "Reason"),
            "detail": Words("说明", "Details"),
        },
    )

    class Reason(models.TextChoices):
        HARD_BOUNCE = "hard_bounce"
        COMPLAINT = "complaint"
        MANUAL = "manual"

    digest = models.TextField()
    address = models.TextField(default="")
    reason = models.TextField(choices=Reason.choices)
    detail = models.TextField(default="")
    created_at = models.DateTimeField()
    created_by = models.ForeignKey("org.Member", models.PROTECT, null=True, related_name="+")

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "email_suppression"
        constraints = [models.UniqueConstraint(fields=["tenant_id", "digest"], name="email_suppression_once")]
        indexes = [models.Index(fields=["tenant_id", "-created_at", "-id"], name="email_suppression_newest")]

    @classmethod
    def visible_to(cls, actor: Actor) -> models.QuerySet[Suppression]:
        """Return the list this actor may see: all of his tenant."""
        return cls.objects.filter(tenant_id=actor.tenant_id)
