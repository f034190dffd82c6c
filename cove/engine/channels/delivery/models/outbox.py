from __future__ import annotations

from django.db import models
from django.db.models import Q

from cove.engine.channels.delivery.contracts import State
from cove.kernel.actor import Actor
from cove.kernel.scope import TenantModel


class Delivery(TenantModel):
    """One outward act: what, until when, how often tried, how it ended and why. Written in the transaction that wants it.

    `contact_id` is whom it is for, null for several or nobody. `heard` is what was last heard of it afterwards (``delivered``,
    ``opened``, ``bounced`` …), of a message. `drawn` are the
    counts of quotas it took from, `credits` is what was paid for it, and `paid_at` when.
    """

    unaudited = "the queue of the machine; each delivery keeps its own history"

    steward = "select"

    kind = models.TextField()
    key = models.TextField()
    lane = models.TextField(default="")
    payload = models.JSONField()
    purpose = models.TextField(default="service")
    contact_id = models.BigIntegerField(null=True)
    state = models.TextField(choices=[(state, state) for state in State], default=State.PENDING)
    reason = models.TextField(default="")
    errcode = models.IntegerField(null=True)
    result = models.JSONField(default=dict)
    drawn = models.JSONField(default=list)
    credits = models.IntegerField(default=0)
    paid_at = models.DateTimeField(null=True)
    heard = models.TextField(default="")
    heard_at = models.DateTimeField(null=True)
    attempts = models.IntegerField(default=0)
    setbacks = models.IntegerField(default=0)
    doubtful = models.BooleanField(default=False)
    not_before = models.DateTimeField()
    not_after = models.DateTimeField(null=True)
    chain = models.JSONField(default=list)
    claimed_by = models.BigIntegerField(null=True)
    claimed_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta(TenantModel.Meta):
        abstract = False
        db_table = "delivery"
        constraints = [models.UniqueConstraint(fields=["tenant_id", "key"], name="delivery_once")]
        indexes = [
            models.Index(
                fields=["tenant_id", "not_before", "id"], condition=Q(state="pending"), name="delivery_waiting"
            ),
            models.Index(
                fields=["tenant_id", "not_after"],
                condition=Q(state="pending", not_after__isnull=False),
                name="delivery_deadline",
            ),
            models.Index(fields=["claimed_by"], condition=Q(state="sending"), name="delivery_under_way"),
            models.Index(
                fields=["tenant_id", "lane", "id"], condition=Q(state__in=["pending", "sending"]), name="delivery_lane"
            ),
            models.Index(fields=["tenant_id", "-id"], name="delivery_newest"),
            models.Index(
                fields=["tenant_id", "contact_id"], condition=Q(contact_id__isnull=False), name="delivery_of_contact"
            ),
            models.Index(fields=["tenant_id", "finished_at"], name="delivery_finished"),
        ]

    @classmethod
    def visible_to(cls, actor: Actor) -> models.QuerySet[Delivery]:
        """Return the deliveries this actor may see: all of his tenant."""
        return cls.objects.filter(tenant_id=actor.tenant_id)
